// Plays one address in hls.js with and without low latency and in Shaka Player, each in a page of its own on another
// origin, until all have ended. Says {"playing":true} when all play, and at last what each of them did.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { launch } from './browser.mjs';
import { endAfter } from './limit.mjs';

const url = process.argv[2];
const PATIENCE_MS = 120_000;
endAfter(3 * (PATIENCE_MS / 1000));
const modules = createRequire(import.meta.url);
const file = (name, path) => readFileSync(join(dirname(modules.resolve(`${name}/package.json`)), path));
const served = {
  '/hls.js': file('hls.js', 'dist/hls.js'),
  '/shaka.js': file('shaka-player', 'dist/shaka-player.compiled.js'),
  '/': '<!doctype html><video muted autoplay playsinline width="320" height="180"></video>',
};
const server = createServer((request, response) => {
  const body = served[request.url];
  response.writeHead(body ? 200 : 404, { 'Content-Type': request.url === '/' ? 'text/html' : 'text/javascript' });
  response.end(body ?? '');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const hls = async (argument) => {
  const seen = { errors: [], fatal: [], ended: false };
  window.seen = seen;
  const video = document.querySelector('video');
  video.addEventListener('ended', () => {
    seen.ended = true;
  });
  const player = new Hls({ lowLatencyMode: argument.lowLatency });
  player.on(Hls.Events.ERROR, (_, data) => {
    (data.fatal ? seen.fatal : seen.errors).push(`${data.details} ${data.response?.code ?? ''} ${data.frag?.sn ?? ''}`);
  });
  player.loadSource(argument.url);
  player.attachMedia(video);
};
const shakaPlayer = async (argument) => {
  const seen = { errors: [], fatal: [], ended: false };
  window.seen = seen;
  const video = document.querySelector('video');
  video.addEventListener('ended', () => {
    seen.ended = true;
  });
  shaka.polyfill.installAll();
  const player = new shaka.Player();
  // A hinted part that does not come, because its segment ended before it, is 404 (RFC 8216bis §6.2.6). Shaka reports that as
  // critical and goes on by itself.
  const hint = (error) => error.code === shaka.util.Error.Code.BAD_HTTP_STATUS && error.data[1] === 404 && /\.\d+\.m4s$/.test(error.data[0]);
  const note = (error) =>
    (error.severity === shaka.util.Error.Severity.CRITICAL && !hint(error) ? seen.fatal : seen.errors).push(
      `${error.code} ${error.data}`,
    );
  player.addEventListener('error', (event) => note(event.detail));
  await player.attach(video);
  await player.load(argument.url).catch(note);
};
const kinds = [
  { name: 'hls.js with low latency', script: '/hls.js', start: hls, argument: { url, lowLatency: true } },
  { name: 'hls.js without low latency', script: '/hls.js', start: hls, argument: { url, lowLatency: false } },
  { name: 'Shaka Player', script: '/shaka.js', start: shakaPlayer, argument: { url } },
];

const browser = await launch();
const facts = (page) =>
  page.evaluate(() => {
    const video = document.querySelector('video');
    return { ...window.seen, time: video.currentTime, duration: video.duration, paused: video.paused };
  });
let code = 0;
try {
  const pages = await Promise.all(
    kinds.map(async (kind) => {
      const page = await (await browser.newContext({ viewport: { width: 400, height: 300 } })).newPage();
      await page.goto(origin);
      await page.addScriptTag({ url: origin + kind.script });
      await page.evaluate(kind.start, kind.argument);
      return page;
    }),
  );
  const all = (test) => Promise.all(pages.map((page) => page.waitForFunction(test, null, { timeout: PATIENCE_MS, polling: 200 })));
  try {
    await all(() => document.querySelector('video').currentTime > 0.5);
    console.log(JSON.stringify({ playing: true }));
    await all(() => window.seen.ended);
  } finally {
    const seen = await Promise.all(pages.map(facts));
    console.log(JSON.stringify({ players: seen.map((one, i) => ({ name: kinds[i].name, ...one })) }));
  }
} catch (error) {
  console.error(error.message);
  code = 1;
} finally {
  await browser.close();
  server.close();
}
process.exit(code);
