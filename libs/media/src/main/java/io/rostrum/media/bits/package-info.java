/** Reading and writing bit fields, as codec headers are made of. */
package io.rostrum.media.bits;
