// Drives the built app against the mock origin in headless Chromium: live, rewind, back to live, end, replay to its end,
// presenter away, outages, sign-in. Screenshots go to SHOTS (default: none). CHROMIUM names the browser.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const port = Number(process.env.PORT ?? 21011);
const origin = `http://127.0.0.1:${port}`;
const shots = process.env.SHOTS;
const only = process.argv[2];
if (shots) mkdirSync(shots, { recursive: true });

const server = spawn(process.execPath, [fileURLToPath(new URL('origin.mjs', import.meta.url))], {
  env: { ...process.env, PORT: String(port), ELAPSED: '60' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(server.stdout, 'data');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    ...['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    ...['--disable-sync', '--no-first-run', '--autoplay-policy=no-user-gesture-required'],
  ],
});

const mock = (path) => fetch(`${origin}/mock/${path}`, { method: 'POST' }).then((r) => r.json());
const problems = [];

async function open(path, options = {}, init = null) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.documents = 0;
  if (init) await page.addInitScript(init);
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.requests = new Map();
  page.on('request', (request) => {
    if (request.isNavigationRequest()) page.documents++;
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.m4s')) page.requests.set(pathname, (page.requests.get(pathname) ?? 0) + 1);
  });
  await page.goto(origin + path);
  return page;
}

const state = (page, wanted, timeout = 20_000) =>
  page
    .waitForFunction((w) => w.split('|').includes(document.documentElement.dataset.state), wanted, { timeout })
    .catch(async (error) => {
      const seen = await page.evaluate(() => ({
        ...document.documentElement.dataset,
        events: window.rostrum.events,
        errors: window.rostrum.errors,
      }));
      throw new Error(`state ${wanted} not reached: ${JSON.stringify(seen)}`, { cause: error });
    });
const media = (page) =>
  page.evaluate(() => {
    const { video, hls, errors } = window.rostrum;
    return {
      time: video.currentTime,
      paused: video.paused,
      ended: video.ended,
      duration: video.duration,
      latency: hls?.latency,
      rate: video.playbackRate,
      // hls.js calls it fatal that there is no whole segment yet; the page asks again.
      fatal: errors.filter((e) => e.fatal && e.details !== 'levelEmptyError').length,
      errors: errors.map((e) => e.details),
      seekable: video.seekable.length ? [video.seekable.start(0), video.seekable.end(0)] : [],
    };
  });
const plays = (page, from = -1) =>
  page.waitForFunction(
    (f) =>
      window.rostrum.video &&
      !window.rostrum.video.paused &&
      window.rostrum.video.currentTime > f &&
      window.rostrum.video.readyState > 2,
    from,
    {
      timeout: 20_000,
    },
  );
const shot = async (page, name) => shots && (await page.screenshot({ path: `${shots}/${name}.png` }));
const settle = (page, ms = 1200) => page.waitForTimeout(ms);

const checks = {
  async liveRewindReplay() {
    const page = await open('/watch/town-hall');
    await state(page, 'live');
    await plays(page, 55);
    await page.waitForFunction(() => document.querySelector('[data-testid=title]').textContent === 'Autumn town hall');
    const live = await media(page);
    assert.ok(live.latency < 4, `latency ${live.latency}`);
    assert.equal(live.seekable[0], 0, 'the seek bar reaches the first second');
    assert.ok(live.seekable[1] > 58);
    await page.mouse.move(640, 400);
    await settle(page);
    await shot(page, 'live');

    await page.getByTestId('start-over').click();
    await state(page, 'behind');
    await plays(page, 1);
    const over = await media(page);
    assert.ok(over.time < 6, `started over at ${over.time}`);
    assert.match(await page.getByTestId('live-pill').textContent(), /-\d+:\d\d/);
    await page.mouse.move(700, 300);
    await settle(page);
    const bar = await page.getByTestId('seek-bar').boundingBox();
    await page.mouse.move(bar.x + bar.width * 0.6, bar.y + bar.height / 2);
    await settle(page);
    await shot(page, 'behind');

    await page.getByTestId('live-pill').click();
    await state(page, 'live');
    await plays(page, 58);
    await page.keyboard.press('j');
    await settle(page, 500);
    assert.equal((await media(page)).rate, 1, 'no catching up after going back');
    await page.keyboard.press('End');
    await page.keyboard.press('s');
    await page.getByTestId('settings').click();
    await settle(page);
    await shot(page, 'menu-stats');
    await page.keyboard.press('Escape');
    await page.keyboard.press('s');
    await state(page, 'live');

    await mock('town-hall/end');
    await state(page, 'replay|ended', 8000);
    await state(page, 'ended', 15_000);
    const end = await media(page);
    assert.ok(Math.abs(end.time - end.duration) < 0.5, `ended at ${end.time} of ${end.duration}`);
    await settle(page);
    await shot(page, 'ended');
    await page.getByTestId('card-action').click();
    await state(page, 'replay');
    await plays(page, 0.5);
    await page.evaluate(() => (window.rostrum.video.currentTime = window.rostrum.video.duration - 4));
    await state(page, 'ended', 15_000);
    await page.evaluate(() => (window.rostrum.video.currentTime = 20));
    await plays(page, 20.5);
    await state(page, 'replay');
    assert.equal(page.documents, 1, 'no reload');
    const log = await page.evaluate(() => window.rostrum.events.filter((e) => e.name === 'load').length);
    assert.equal(log, 1, 'one media session');
    assert.equal(end.fatal, 0);
    console.log('   errors seen:', JSON.stringify(end.errors));
  },

  async waitingStartsByItself() {
    const soon = await open('/watch/all-hands');
    await state(soon, 'waiting');
    await soon.waitForFunction(() => document.documentElement.dataset.reason === 'scheduled');
    await settle(soon, 300);
    await shot(soon, 'scheduled');
    const page = await open('/watch/keynote');
    await page.waitForFunction(() => document.documentElement.dataset.reason === 'presenter');
    await settle(page, 300);
    await shot(page, 'waiting');
    await mock('keynote/start');
    await state(page, 'live');
    await plays(page);
    await settle(page, 6000);
    const { latency, fatal } = await media(page);
    const repeated = Math.max(...page.requests.values());
    assert.ok(repeated <= 2, `one part was requested ${repeated} times`);
    assert.ok(latency < 5, `latency ${latency}`);
    assert.equal(fatal, 0);

    await mock('keynote/away');
    await state(page, 'away', 12_000);
    await settle(page, 6000);
    await shot(page, 'away');
    await mock('keynote/back');
    const returned = Date.now();
    await state(page, 'live', 20_000);
    await page.waitForFunction(() => window.rostrum.video.readyState > 2, null, { timeout: 10_000 });
    console.log(`   picture again ${((Date.now() - returned) / 1000).toFixed(1)} s after the presenter returned`);
    await settle(page, 2000);
    await state(page, 'live', 20_000);
    const back = await media(page);
    console.log('   after the presenter returned:', JSON.stringify(back));
    await page.context().close();
    await soon.context().close();
  },

  async replayAndStartPosition() {
    const page = await open('/watch/lecture');
    await state(page, 'replay');
    await plays(page, 0.5);
    assert.ok((await media(page)).time < 10, 'a replay starts at 0');
    await settle(page);
    await shot(page, 'replay');
    const later = await open('/watch/lecture?t=1m10s');
    await plays(later, 69.5);
    assert.ok((await media(later)).time < 80);
    const beyond = await open('/watch/lecture?t=9999');
    await plays(beyond, 0.1);
    assert.ok((await media(beyond)).time < 10);
    const { startedAt } = await (await fetch(`${origin}/api/v1/broadcasts/lecture`)).json();
    const moment = new Date(new Date(startedAt).getTime() + 42_000).toISOString();
    const dated = await open(`/watch/lecture?t=${moment}`);
    await plays(dated, 41);
    assert.ok((await media(dated)).time < 50);
    const behind = await open('/watch/panel?t=10');
    await plays(behind, 9.5);
    await state(behind, 'behind');
    assert.ok((await media(behind)).time < 25);
    const since = new Date((await (await fetch(`${origin}/api/v1/broadcasts/panel`)).json()).startedAt).getTime();
    const back = await open(`/watch/panel?t=${new Date(since + 20_000).toISOString()}`);
    await plays(back, 19.5);
    await state(back, 'behind');
    const future = await open(`/watch/panel?t=${new Date(Date.now() + 3_600_000).toISOString()}`);
    await plays(future, 40);
    await state(future, 'live');
    for (const p of [behind, back, future]) await p.context().close();
    for (const p of [page, later, beyond, dated]) await p.context().close();
  },

  async outages() {
    await mock('onboarding/start');
    const broadcast = await open('/watch/staff');
    await state(broadcast, 'signin');
    await broadcast.context().close();
    await mock('keynote/start');
    await mock('catalog?up=false');
    const page = await open('/watch/keynote');
    await state(page, 'live', 20_000);
    await plays(page);
    await mock('catalog?up=true');
    await page.waitForFunction(
      () => document.querySelector('[data-testid=title]').textContent.includes('keynote'),
      null,
      { timeout: 20_000 },
    );
    await mock('media?up=false');
    await state(page, 'error|away', 30_000);
    await settle(page, 9000);
    await shot(page, 'interrupted');
    await mock('media?up=true');
    await state(page, 'live|behind', 30_000);
    const t = (await media(page)).time;
    await plays(page, t + 1);
    // Who was live before is live again, however long it took, and who was not stays.
    await page.waitForFunction(() => window.rostrum.hls.latency < 4, null, { timeout: 20_000 });
    await state(page, 'live', 20_000);
    console.log('   after the outage:', JSON.stringify(await media(page)));
    await page.getByTestId('start-over').click();
    await state(page, 'behind');
    await page.context().setOffline(true);
    await settle(page, 9000);
    await page.context().setOffline(false);
    const { time } = await media(page);
    await plays(page, time + 2);
    assert.ok((await media(page)).time < time + 10, 'who went back is not taken to the edge');
    await page.context().close();
  },

  async refusals() {
    const missing = await open('/watch/nothing-here');
    await missing.waitForFunction(() => document.documentElement.dataset.reason === 'not-found');
    await shot(missing, 'not-found');
    const cancelled = await open('/watch/offsite');
    await cancelled.waitForFunction(() => document.documentElement.dataset.reason === 'cancelled');
    await shot(cancelled, 'cancelled');
    const page = await open('/watch/staff');
    await state(page, 'signin');
    await settle(page, 300);
    await shot(page, 'signin');
    await page.getByTestId('card-action').click();
    await page.click('#bob');
    await state(page, 'denied');
    await settle(page, 300);
    await shot(page, 'denied');
    await page.getByText('Sign out').click();
    await page.waitForSelector('[data-testid=sign-in]');
    await page.goto(`${origin}/watch/staff`);
    await state(page, 'signin');
    await page.getByTestId('card-action').click();
    await page.click('#alice');
    await state(page, 'live');
    await plays(page);
    for (const p of [missing, cancelled, page]) await p.context().close();
  },

  async libraryAndStudio() {
    const page = await open('/');
    await page.waitForSelector('[data-testid=tile]');
    assert.equal(await page.locator('[data-testid=tile]').first().getAttribute('data-state'), 'LIVE');
    await settle(page, 300);
    await shot(page, 'library');
    await page.getByTestId('search').fill('lecture');
    await page.waitForFunction(() => document.querySelectorAll('[data-testid=tile]').length === 1);
    await page.getByTestId('sign-in').click();
    await page.click('#producer');
    await page.getByText('Studio', { exact: true }).click();
    await page.fill('#title', 'Winter concert');
    await page.fill('#description', 'The choir and the brass of the fourth floor.');
    await page.selectOption('#audience', 'PUBLIC');
    await page.getByTestId('create').click();
    await page.waitForSelector('[data-testid=stream-key]');
    await settle(page, 600);
    await page.evaluate(() => scrollTo(0, 0));
    await shot(page, 'studio');
    await page.setViewportSize({ width: 390, height: 844 });
    await settle(page, 300);
    if (shots) await page.screenshot({ path: `${shots}/studio-phone.png`, fullPage: true });
    await page.context().close();
  },

  async phone() {
    const options = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
    const page = await open('/', options);
    await page.waitForSelector('[data-testid=tile]');
    await settle(page, 300);
    await shot(page, 'library-phone');
    await page.goto(`${origin}/watch/lecture`);
    await state(page, 'replay');
    await plays(page, 0.5);
    await page.tap('[data-testid=video]');
    await settle(page, 600);
    await shot(page, 'replay-phone');
    await page.goto(`${origin}/watch/all-hands`);
    await state(page, 'waiting');
    await settle(page, 500);
    await shot(page, 'scheduled-phone');
    await mock('all-hands/start?elapsed=40');
    await page.goto(`${origin}/watch/all-hands`);
    await state(page, 'live');
    await plays(page, 35);
    await page.tap('[data-testid=video]');
    await page.getByTestId('start-over').click();
    await state(page, 'behind');
    await page.tap('[data-testid=video]');
    await settle(page, 600);
    await shot(page, 'behind-phone');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `the page is ${width} px wide`);
    await page.context().close();
  },

  async autoplayBlocked() {
    // The browser's own rule cannot be relied on here: what Playwright evaluates in a page counts as a viewer's gesture.
    const page = await open('/watch/lecture', {}, () => {
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () {
        if (this.muted) return play.call(this);
        return Promise.reject(new DOMException('play() failed: no gesture', 'NotAllowedError'));
      };
    });
    await state(page, 'replay');
    await plays(page, 0.5);
    assert.equal(await page.evaluate(() => window.rostrum.video.muted), true);
    await shot(page, 'unmute');
    await page.getByTestId('unmute').click();
    assert.equal(await page.evaluate(() => window.rostrum.video.muted), false);
    assert.equal(await page.getByTestId('unmute').isVisible(), false);
    await page.context().close();
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  if (only && name !== only) continue;
  const started = Date.now();
  try {
    await check();
    console.log(`ok   ${name} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}
for (const problem of new Set(problems)) console.log(`page problem: ${problem}`);
await browser.close();
server.kill();
process.exitCode = failed || problems.length ? 1 : 0;
