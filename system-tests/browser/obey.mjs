import { createInterface } from 'node:readline';

/** How long a command may wait for what it asks for. */
export const PATIENCE_MS = 40_000;

/**
 * Does what it is told on standard input: reads {what, argument} lines, calls the command of that name, answers {result} or
 * {error} lines, and ends with the process behind "close".
 *
 * @param seen tells how things are, for an error
 */
export async function obey(commands, seen) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { what, argument } = JSON.parse(line);
    try {
      const late = new Promise((_, reject) => {
        setTimeout(() => reject(new Error(`the page does not answer for ${2 * PATIENCE_MS} ms`)), 2 * PATIENCE_MS).unref();
      });
      const result = (await Promise.race([commands[what](argument), late])) ?? null;
      console.log(JSON.stringify({ result }));
    } catch (error) {
      const silent = new Promise((resolve) => setTimeout(resolve, 5000, 'the page does not answer').unref());
      const state = what === 'close' ? '' : await Promise.race([seen().catch(() => 'no answer'), silent]);
      console.log(JSON.stringify({ error: `${error.message}\n${JSON.stringify(state)}` }));
    }
    if (what === 'close') process.exit(0);
  }
}
