/** What the catalog wants of broadcasts, as far as the transcoder acts on it. */
package io.rostrum.transcode.intent;
