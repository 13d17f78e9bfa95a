/**
 * The little of H.264 that lies between an encoder's byte stream and a CMAF sample: NAL units, the
 * decoder configuration record, and how far a decoder must look ahead to put pictures in order.
 */
package io.rostrum.codecworker.h264;
