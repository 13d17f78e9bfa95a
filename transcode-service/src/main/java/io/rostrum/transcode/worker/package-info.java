/** The codec children: processes of their own, without credentials, that are expected to die. */
package io.rostrum.transcode.worker;
