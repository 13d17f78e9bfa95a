/**
 * What a transcoder writes down so that another one can go on: the values of the {@code
 * checkpoints} topic.
 */
package io.rostrum.transcode.checkpoint;
