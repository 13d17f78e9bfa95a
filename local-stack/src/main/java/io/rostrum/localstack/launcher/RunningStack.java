package io.rostrum.localstack.launcher;

import io.rostrum.localstack.parts.Checkout;
import io.rostrum.localstack.parts.Parts;
import java.io.IOException;
import java.util.Optional;

/** The stack of a data directory, as {@code stack.json} tells of it. */
final class RunningStack {

  private final DataDirectory data;

  RunningStack(DataDirectory data) {
    this.data = data;
  }

  /** What was started and not taken down. Empty if nothing was. */
  Optional<StackFile> find() throws IOException {
    return StackFile.read(data);
  }

  /** What was started and not taken down. */
  StackFile require() throws IOException {
    return find()
        .orElseThrow(
            () ->
                new IOException(
                    "No stack runs in "
                        + data.root()
                        + ". Start one with ./rostrum up, or name its directory with --data"));
  }

  /** The programs of a stack. */
  StackLayout layout(Network network) throws IOException {
    return new StackLayout(Checkout.locate(), Parts.locate(), data, network, Secrets.of(data));
  }
}
