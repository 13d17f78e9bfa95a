/**
 * Operating system processes: what to run ({@link io.rostrum.localstack.process.Program}), when it
 * is ready ({@link io.rostrum.localstack.process.Readiness}), and the two ways to run it: {@link
 * io.rostrum.localstack.process.DetachedProcess} outlives the launcher, {@link
 * io.rostrum.localstack.process.TiedProcess} dies with the test that started it.
 */
package io.rostrum.localstack.process;
