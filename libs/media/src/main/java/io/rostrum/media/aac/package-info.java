/**
 * AAC headers: the AudioSpecificConfig that FLV and MP4 carry once, and the ADTS header that TS
 * tools put on each frame.
 */
package io.rostrum.media.aac;
