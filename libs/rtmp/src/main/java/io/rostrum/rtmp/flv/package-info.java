/** Bodies of FLV audio and video tags, as RTMP messages carry them: FLV Annex E.4 and E-RTMP v2. */
package io.rostrum.rtmp.flv;
