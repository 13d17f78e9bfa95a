package io.rostrum.codecworker;

import java.io.PrintStream;
import java.util.concurrent.locks.LockSupport;

/** The worker with a library in it that prints to {@code System.out} once the worker runs. */
final class ChattyMain {
  static final String PRINT = "a library says hello";

  private ChattyMain() {}

  public static void main(String[] args) {
    PrintStream real = System.out;
    Thread chatty =
        new Thread(
            () -> {
              while (System.out == real) {
                LockSupport.parkNanos(100_000);
              }
              for (int i = 0; i < 1000; i++) {
                System.out.println(PRINT);
              }
            });
    chatty.setDaemon(true);
    chatty.start();
    Main.main(args);
  }
}
