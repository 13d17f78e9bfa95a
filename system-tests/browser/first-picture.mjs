// How long a viewer who waits on the watch page waits for the first picture, from the press of "Go live" in another browser.
// node first-picture.mjs '{"origin": "http://127.0.0.1:8080", "token": ..., "source": "camera", "ffmpeg": ..., "keep": 12}'
// The token is a producer's, as `./rostrum token producer` prints it. "source" is camera, screen (a tab), or ffmpeg, whose
// start counts as the press, with a key frame every "gop" frames. Plays on for "keep" seconds, then says when everything was,
// in milliseconds since the press.
import { spawn } from 'node:child_process';
import { launch } from './browser.mjs';

const wish = { source: 'camera', keep: 12, ffmpeg: 'ffmpeg', gop: 60, user: 'producer', ...JSON.parse(process.argv[2]) };
const PATIENCE_MS = 60_000;
const SHOWN_TAB = 'Slides';
const now = () => performance.timeOrigin + performance.now();

const created = await fetch(`${wish.origin}/api/v1/broadcasts`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${wish.token}` },
  body: JSON.stringify({ title: 'First picture', audience: { rules: [{ kind: 'PUBLIC' }] } }),
});
if (created.status !== 201) throw new Error(`no broadcast: ${created.status} ${await created.text()}`);
const broadcast = await created.json();

/** Notes when requests whose address has `part` in it are answered with 2xx, the first time. */
function note(page, times, parts) {
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    for (const [name, part] of Object.entries(parts)) if (part.test(path) && response.ok()) times[name] ??= now();
  });
}

async function watch(browser, times) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  note(page, times, { index: /index\.m3u8$/, playlist: /p\.m3u8$/, init: /init-.*\.mp4$/, media: /\.m4s$/ });
  await page.addInitScript(() => {
    const seen = new WeakSet();
    document.addEventListener(
      'loadstart',
      (event) => {
        const video = event.target;
        if (!(video instanceof HTMLVideoElement) || seen.has(video)) return;
        seen.add(video);
        video.requestVideoFrameCallback(() => {
          window.firstPicture = performance.timeOrigin + performance.now();
        });
      },
      true,
    );
  });
  await page.goto(broadcast.watchUrl);
  await page.waitForFunction(() => document.documentElement.dataset.state === 'waiting', null, { timeout: PATIENCE_MS });
  return page;
}

/** Opens the go-live page as a producer; returns what presses the button. */
async function studio(browser, times) {
  const page = await (await browser.newContext({ permissions: ['camera', 'microphone'] })).newPage();
  if (wish.source === 'screen') {
    const slides = await page.context().newPage();
    await slides.setContent(`<title>${SHOWN_TAB}</title><h1></h1>`);
    await slides.evaluate(() => {
      const audio = new AudioContext();
      const tone = new OscillatorNode(audio, { frequency: 440 });
      tone.connect(audio.destination);
      tone.start();
      setInterval(() => {
        document.querySelector('h1').textContent = new Date().toISOString();
        document.body.style.background = `hsl(${(Date.now() / 20) % 360} 50% 50%)`;
      }, 40);
    });
  }
  // A page of localhost is trusted with cameras, as one behind HTTPS is.
  const address = new URL(wish.origin);
  address.hostname = 'localhost';
  await page.goto(address.href);
  await page.getByTestId('sign-in').click();
  await page.locator('#username').fill(wish.user);
  await page.locator('#password').fill(wish.user);
  await page.locator('#kc-login').click();
  await page.getByTestId('account').waitFor();
  await page.evaluate((path) => {
    history.pushState(null, '', path);
    window.dispatchEvent(new PopStateEvent('popstate'));
  }, `/studio/${broadcast.id}/live`);
  const go = page.getByTestId('go-live');
  await go.waitFor();
  if (wish.source === 'screen') await page.locator('select').first().selectOption('screen');
  await page.waitForFunction(() => document.querySelector('video')?.videoWidth > 0, null, { timeout: PATIENCE_MS });
  note(page, times, { token: /publish-token$/, answer: /\/whip\// });
  await page.evaluate(() => {
    document.querySelector('[data-testid=go-live]').addEventListener('click', () => {
      window.pressed = performance.timeOrigin + performance.now();
    }, { capture: true, once: true });
    new MutationObserver(() => {
      if (document.querySelector('[data-publish=live]')) window.connected ??= performance.timeOrigin + performance.now();
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-publish'] });
  });
  return {
    async press() {
      await go.click();
      await page.waitForFunction(() => window.connected, null, { timeout: PATIENCE_MS });
      times.connected = await page.evaluate(() => window.connected);
      return page.evaluate(() => window.pressed);
    },
    stop: () => page.getByTestId('stop-live').click(),
  };
}

function program() {
  let process;
  const picture = ['-re', '-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30', '-re', '-f', 'lavfi', '-i', 'sine=440:r=48000'];
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p'];
  const way = ['-g', String(wish.gop), '-b:v', '2500k', '-c:a', 'libopus', '-ac', '2', '-authorization', broadcast.ingest.streamKey, '-f', 'whip'];
  return {
    async press() {
      const pressed = now();
      process = spawn(wish.ffmpeg, ['-v', 'error', ...picture, ...coding, ...way, broadcast.ingest.whipUrl], { stdio: 'inherit' });
      return pressed;
    },
    stop: async () => process.kill('SIGINT'),
  };
}

const times = {};
const viewers = await launch();
const presenters =
  wish.source === 'ffmpeg'
    ? null
    : await launch('--use-fake-device-for-media-stream', `--auto-select-tab-capture-source-by-title=${SHOWN_TAB}`);
try {
  const presenter = presenters ? await studio(presenters, times) : program();
  const viewer = await watch(viewers, times);
  const pressed = await presenter.press();
  await viewer.waitForFunction(() => window.firstPicture, null, { timeout: PATIENCE_MS, polling: 100 });
  times.picture = await viewer.evaluate(() => window.firstPicture);
  await viewer.waitForTimeout(wish.keep * 1000);
  const facts = await viewer.evaluate(() => {
    const { video, errors, hls } = window.rostrum;
    const quality = video.getVideoPlaybackQuality();
    return {
      state: document.documentElement.dataset.state,
      played: video.currentTime,
      frames: quality.totalVideoFrames,
      height: video.videoHeight,
      audioBytes: video.webkitAudioDecodedByteCount,
      latency: hls?.latency,
      errors: errors.map((error) => `${error.details}${error.fatal ? ' (fatal)' : ''}`),
    };
  });
  await presenter.stop();
  const since = Object.entries(times).map(([name, at]) => [name, Math.round(at - pressed)]);
  console.log(JSON.stringify({ ms: Object.fromEntries(since.sort((a, b) => a[1] - b[1])), ...facts }));
} finally {
  await viewers.close();
  await presenters?.close();
}
