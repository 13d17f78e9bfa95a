/**
 * Ends this process, and with it the browser that it drives, when it takes longer than it may: nothing in a page has a
 * limit of its own, and a test that waits for a line of ours would wait for ever.
 */
export function endAfter(seconds, say = () => {}) {
  setTimeout(() => {
    const error = `not done after ${seconds} s`;
    say({ error });
    console.error(`${process.argv[1]}: ${error}`);
    process.exit(1);
  }, seconds * 1000).unref();
}
