// A viewer that does what it is told: reads {what, argument} lines, answers {result} or {error} lines.
import { launch } from './browser.mjs';
import { obey, PATIENCE_MS } from './obey.mjs';

const browser = await launch('--ignore-certificate-errors'); // of an edge that a test starts
const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
let documents = 0;
page.on('request', (request) => {
  if (request.isNavigationRequest() && request.frame() === page.mainFrame()) documents++;
});
page.on('pageerror', (error) => console.error('page error:', error));

const wait = (test, argument) => page.waitForFunction(test, argument, { timeout: PATIENCE_MS, polling: 100 });
const facts = () =>
  page.evaluate(() => {
    const { video, hls, errors, events } = window.rostrum;
    const quality = video?.getVideoPlaybackQuality?.();
    return {
      state: document.documentElement.dataset.state,
      time: video?.currentTime,
      duration: video?.duration,
      paused: video?.paused,
      ended: video?.ended,
      frames: quality?.totalVideoFrames,
      audioBytes: video?.webkitAudioDecodedByteCount,
      muted: video?.muted,
      seekable: video?.seekable.length ? [video.seekable.start(0), video.seekable.end(0)] : [],
      latency: hls?.latency,
      height: video?.videoHeight,
      levels: hls?.levels?.map((level) => level.name ?? level.height),
      fatal: errors.filter((error) => error.fatal).length,
      errors: errors.map((error) => error.details),
      events: events.map((event) => event.name),
    };
  });

const commands = {
  async open(url) {
    await page.goto(url);
  },
  async size(pixels) {
    const [width, height] = pixels.split('x').map(Number);
    await page.setViewportSize({ width, height });
  },
  async state(wanted) {
    await wait((states) => states.split('|').includes(document.documentElement.dataset.state), wanted);
  },
  async playing(from) {
    await wait((start) => {
      const video = window.rostrum?.video;
      if (!video || video.paused || video.currentTime < Number(start)) return false;
      window.seen ??= {};
      const frames = video.getVideoPlaybackQuality().totalVideoFrames;
      const key = `from ${start}`;
      const first = (window.seen[key] ??= { time: video.currentTime, frames });
      if (video.currentTime < first.time) window.seen[key] = { time: video.currentTime, frames };
      return video.currentTime > first.time + 1 && frames > first.frames + 10;
    }, from);
    await page.evaluate(() => delete window.seen);
    return facts();
  },
  async press(testId) {
    await page.mouse.move(640, 400);
    await page.getByTestId(testId).first().click({ timeout: PATIENCE_MS });
  },
  async seek(seconds) {
    await page.evaluate((to) => {
      window.rostrum.video.currentTime = Number(to);
    }, seconds);
  },
  async offline(seconds) {
    const context = page.context();
    await context.setOffline(true);
    // Until the newest that the page knows is that old.
    await wait((age) => window.rostrum.hls.latestLevelDetails.age > Number(age), seconds);
    await context.setOffline(false);
  },
  async latency(seconds) {
    await wait((most) => {
      const { video, hls } = window.rostrum;
      return hls.latency > 0 && hls.latency < Number(most) && !video.paused && video.readyState > 2;
    }, seconds);
  },
  async rate(factor) {
    await page.evaluate((rate) => {
      window.rostrum.video.playbackRate = Number(rate);
    }, factor);
  },
  async ended() {
    await wait(() => window.rostrum.video.ended && window.rostrum.events.some((event) => event.name === 'ended'));
  },
  async facts() {
    return { ...(await facts()), documents };
  },
  async screenshot(path) {
    await page.mouse.move(640, 400);
    await page.screenshot({ path });
  },
  async close() {
    await browser.close();
  },
};

await obey(commands, facts);
await browser.close();
