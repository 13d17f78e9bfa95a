/**
 * From FLV packets to CMAF chunks, without I/O and without clocks of its own: time comes in with
 * the packets.
 *
 * <p>{@link io.rostrum.ingest.media.MediaIntake} takes packets and decides where a publication
 * starts and ends; {@link io.rostrum.ingest.media.Gathering} waits for its tracks and fixes media
 * time zero; {@link io.rostrum.ingest.media.RunningPublication} rebuilds timestamps ({@link
 * io.rostrum.ingest.media.VideoTiming}, {@link io.rostrum.ingest.media.AudioGrid}), cuts ({@link
 * io.rostrum.ingest.media.SegmentCutter}) and assembles chunks.
 */
package io.rostrum.ingest.media;
