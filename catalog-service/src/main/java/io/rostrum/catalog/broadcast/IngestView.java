package io.rostrum.catalog.broadcast;

/**
 * Where publishers connect.
 *
 * @param rtmpUrl server for an encoder; the stream key is the stream name
 * @param rtmpsUrl the same with TLS
 * @param whipUrl endpoint for a browser (RFC 9725); the stream key is the bearer token
 * @param streamKey in clear, when the broadcast was just created; absent ever after
 */
public record IngestView(String rtmpUrl, String rtmpsUrl, String whipUrl, String streamKey) {
  @Override
  public String toString() {
    return "IngestView[" + rtmpUrl + "]";
  }
}
