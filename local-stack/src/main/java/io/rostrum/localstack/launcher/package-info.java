/**
 * The launcher behind {@code ./rostrum}: {@link io.rostrum.localstack.launcher.Options} says what
 * is wanted, {@link io.rostrum.localstack.launcher.StackLayout} which programs that takes, {@link
 * io.rostrum.localstack.launcher.StackStarter} and {@link
 * io.rostrum.localstack.launcher.StackStopper} run and end them, {@link
 * io.rostrum.localstack.launcher.StackFile} remembers them between commands.
 */
package io.rostrum.localstack.launcher;
