/** The S3 server: S3Proxy on a directory. */
package io.rostrum.localstack.s3;
