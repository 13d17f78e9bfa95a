/**
 * The demo publisher: a process of its own that draws a test picture, encodes it with libav and
 * sends it through RTMP, as a presenter's encoder would. The only package here that loads native
 * code.
 */
package io.rostrum.localstack.demo;
