package io.rostrum.playback;

import static io.rostrum.playback.testing.Viewer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Thumbnails and posters over HTTP, from the real object store. */
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class StoryboardIT {
  private PlaybackNode node;

  @BeforeEach
  void open() {
    node = new PlaybackNode();
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void put(String id, String image) {
    node.publisher.object(ObjectKeys.storyboard(id, image), Script.image(image));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  @Test
  void storyboard_growsWhileLive_andIsFinalWhenTheLastSegmentIsStored() {
    String id = node.newBroadcast();
    String base = "/hls/" + id + "/";
    Script script = new Script(id);
    assertThat(node.viewer.get(base + "storyboard.vtt").statusCode()).isEqualTo(404);
    node.segment(id, script, 0);
    node.listed(id, 0);

    HttpResponse<String> empty = node.viewer.get(base + "storyboard.vtt");
    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(empty.body()).isEqualTo("WEBVTT\n\n");
    assertThat(header(empty, "Content-Type")).isEqualTo("text/vtt; charset=utf-8");
    HttpResponse<String> none = node.viewer.get(base + "poster.jpg");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(header(none, "Cache-Control")).isEqualTo("max-age=1");

    put(id, Script.thumbnailName(0));
    put(id, Script.posterName(0));
    node.publisher.facts(script.storedWithThumbnail(0, -1, true));
    eventually("poster", () -> node.viewer.get(base + "poster.jpg").statusCode() == 200);
    HttpResponse<String> live = node.viewer.get(base + "storyboard.vtt");
    assertThat(header(live, "Cache-Control")).isEqualTo("public, max-age=2");
    assertThat(live.body())
        .isEqualTo(
            "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nstoryboard/"
                + Script.thumbnailName(0)
                + "#xywh=0,0,160,90\n\n");
    assertThat(
            node.viewer
                .get(base + "storyboard.vtt", "If-None-Match", header(live, "ETag"))
                .statusCode())
        .isEqualTo(304);
    assertThat(
            header(
                node.viewer.bytes(base + "storyboard.vtt", "Accept-Encoding", "gzip"),
                "Content-Encoding"))
        .isEqualTo("gzip");

    HttpResponse<byte[]> poster = node.viewer.bytes(base + "poster.jpg");
    assertThat(poster.body()).isEqualTo(Script.image(Script.posterName(0)));
    assertThat(header(poster, "Content-Type")).isEqualTo("image/jpeg");
    assertThat(header(poster, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    HttpResponse<byte[]> thumbnail =
        node.viewer.bytes(base + "storyboard/" + Script.thumbnailName(0));
    assertThat(thumbnail.body()).isEqualTo(Script.image(Script.thumbnailName(0)));
    assertThat(header(thumbnail, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(
            node.viewer
                .get(
                    base + "storyboard/" + Script.thumbnailName(0),
                    "If-None-Match",
                    header(thumbnail, "ETag"))
                .statusCode())
        .isEqualTo(304);
    HttpResponse<String> unknown = node.viewer.get(base + "storyboard/" + Script.thumbnailName(77));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(header(unknown, "Cache-Control")).isEqualTo("max-age=1");

    node.segment(id, script, 1);
    node.publisher.facts(script.end(2));
    eventually("ended", () -> node.viewer.get(base + "source.m3u8").body().contains("ENDLIST"));
    assertThat(header(node.viewer.get(base + "storyboard.vtt"), "Cache-Control"))
        .isEqualTo("public, max-age=2");
    put(id, Script.thumbnailName(1));
    put(id, Script.sheetName(0));
    node.publisher.facts(script.storedWithThumbnail(1, 0, false));
    eventually(
        "final",
        () ->
            header(node.viewer.get(base + "storyboard.vtt"), "Cache-Control")
                .equals("public, max-age=60"));

    assertThat(node.viewer.get(base + "storyboard.vtt").body())
        .contains("00:00:00.000 --> 00:00:04.000\nstoryboard/" + Script.sheetName(0) + "#xywh=0,0,")
        .endsWith(
            "00:00:04.000 --> 00:00:08.000\nstoryboard/"
                + Script.sheetName(0)
                + "#xywh=0,96,160,90\n\n");
    assertThat(node.viewer.bytes(base + "storyboard/" + Script.sheetName(0)).body())
        .isEqualTo(Script.image(Script.sheetName(0)));
    // What an earlier file named is still there.
    assertThat(node.viewer.bytes(base + "storyboard/" + Script.thumbnailName(0)).statusCode())
        .isEqualTo(200);

    HttpResponse<String> clip = node.viewer.get(base + "c/1-1/storyboard.vtt");
    assertThat(clip.body())
        .isEqualTo(
            "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n../../storyboard/"
                + Script.sheetName(0)
                + "#xywh=0,96,160,90\n\n");
    assertThat(header(clip, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(node.viewer.get(base + "storyboard.vtt?start=4&end=8").body())
        .isEqualTo(clip.body().replace("../../", ""));
    assertThat(node.viewer.get(base + "storyboard.vtt?start=90").statusCode()).isEqualTo(400);
    assertThat(node.viewer.get(base + "c/1-7/storyboard.vtt").statusCode()).isEqualTo(404);
  }
}
