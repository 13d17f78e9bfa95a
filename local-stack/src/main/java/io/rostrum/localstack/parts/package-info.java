/**
 * Where the build put the programs that the local stack runs, and how those that come packed are
 * unpacked.
 */
package io.rostrum.localstack.parts;
