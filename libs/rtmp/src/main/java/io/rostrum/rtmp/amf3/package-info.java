/** AMF3: the values that AMF0 switches to with its type 0x11; read into the same value types. */
package io.rostrum.rtmp.amf3;
