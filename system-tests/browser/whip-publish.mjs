// A publisher in headless Chromium: camera and microphone, a tab, or a canvas, to a WHIP address.
// node whip-publish.mjs '{"url": ..., "key": ..., "seconds": 8, "source": "camera", "codec": "video/VP8", "port": 1234}'
// Says what happens line by line as JSON; ends with the sender's statistics, or with {"error": ...} and status 1.
// With "untilTold" instead of "seconds" it publishes until its standard input ends.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const wish = { source: 'camera', seconds: 8, width: 640, height: 360, ...JSON.parse(process.argv[2]) };
const executablePath =
  process.env.CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const say = (fact) => console.log(JSON.stringify(fact));
const browser = await chromium.launch({
  executablePath,
  args: [
    ...['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    ...['--disable-sync', '--no-first-run', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
    ...['--use-fake-device-for-media-stream', '--auto-accept-this-tab-capture'],
  ],
});

const origin = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end('<title>publisher</title><h1>On air</h1>');
}).listen(0, '127.0.0.1');
await once(origin, 'listening');

/** Runs in the page. */
async function publish(wish) {
  const canvasStream = () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: wish.width, height: wish.height });
    document.body.append(canvas);
    const paint = canvas.getContext('2d');
    let frame = 0;
    setInterval(() => {
      frame++;
      if (wish.resizeAfter && frame === wish.resizeAfter * 25) Object.assign(canvas, { width: 1280, height: 720 });
      paint.fillStyle = `hsl(${frame % 360} 60% 40%)`;
      paint.fillRect(0, 0, canvas.width, canvas.height);
      paint.fillStyle = 'white';
      paint.fillRect((frame * 7) % canvas.width, canvas.height / 3, 80, 80);
    }, 40);
    const audio = new AudioContext();
    const tone = new OscillatorNode(audio, { frequency: 440 });
    const out = new MediaStreamAudioDestinationNode(audio);
    tone.connect(out);
    tone.start();
    return new MediaStream([...canvas.captureStream(25).getTracks(), ...out.stream.getTracks()]);
  };
  const open = {
    camera: () => navigator.mediaDevices.getUserMedia({ audio: true, video: { width: wish.width, height: wish.height } }),
    tab: () => navigator.mediaDevices.getDisplayMedia({ video: true, audio: true, preferCurrentTab: true }),
    canvas: async () => canvasStream(),
  };
  const stream = await open[wish.source]();
  const peer = new RTCPeerConnection();
  for (const track of stream.getTracks()) {
    const sendEncodings =
      wish.simulcast && track.kind === 'video'
        ? [{ rid: 'l', scaleResolutionDownBy: 2 }, { rid: 'h' }]
        : undefined;
    const transceiver = peer.addTransceiver(track, { direction: 'sendonly', streams: [stream], sendEncodings });
    if (track.kind === 'video' && wish.codec) {
      const known = RTCRtpSender.getCapabilities('video').codecs;
      const first = known.filter((codec) => codec.mimeType === wish.codec);
      const repair = known.filter((codec) => codec.mimeType === 'video/rtx');
      transceiver.setCodecPreferences([...first, ...repair]);
    }
  }
  await peer.setLocalDescription();
  let offer = peer.localDescription.sdp;
  if (wish.wrongFingerprint) offer = offer.replace(/(a=fingerprint:sha-256 )../g, '$1' + '00');
  const started = performance.now();
  const answer = await fetch(wish.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${wish.key}` },
    body: offer,
  });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  let sdp = await answer.text();
  if (wish.port) sdp = sdp.replace(/(a=candidate:\S+ 1 udp \d+ \S+) \d+/g, `$1 ${wish.port}`);
  window.resource = new URL(answer.headers.get('Location'), wish.url).href;
  window.peer = peer;
  const connected = new Promise((resolve, reject) => {
    const look = () => {
      if (peer.connectionState === 'connected') resolve();
      if (peer.connectionState === 'failed') reject(new Error('connection failed'));
    };
    peer.addEventListener('connectionstatechange', look);
    setTimeout(() => reject(new Error(`no connection: ${peer.connectionState}`)), 30_000);
  });
  await peer.setRemoteDescription({ type: 'answer', sdp });
  await connected;
  return { resource: window.resource, connectMs: performance.now() - started, etag: answer.headers.get('ETag') };
}

async function statistics() {
  const found = {};
  for (const report of (await window.peer.getStats()).values()) {
    if (report.type === 'outbound-rtp') {
      const { kind, rid, packetsSent, framesEncoded, keyFramesEncoded, frameWidth, frameHeight, pliCount, nackCount } = report;
      const { retransmittedPacketsSent, totalEncodeTime } = report;
      found[kind + (rid ?? '')] = {
        ...{ packetsSent, framesEncoded, keyFramesEncoded, frameWidth, frameHeight, pliCount, nackCount },
        ...{ retransmittedPacketsSent, totalEncodeTime },
      };
    }
    if (report.type === 'candidate-pair' && report.nominated) found.available = report.availableOutgoingBitrate;
    if (report.type === 'codec') found[report.mimeType] = report.sdpFmtpLine ?? '';
  }
  return found;
}

try {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  // A page of localhost is trusted with cameras, as one behind HTTPS is.
  await page.goto(`http://localhost:${origin.address().port}/`);
  say({ connected: await page.evaluate(publish, wish) });
  if (wish.untilTold) await once(process.stdin.resume(), 'end');
  else await page.waitForTimeout(wish.seconds * 1000);
  say({ statistics: await page.evaluate(statistics) });
  await page.evaluate(async () => {
    window.peer.close();
    await fetch(window.resource, { method: 'DELETE' });
  });
} catch (error) {
  say({ error: String(error.message ?? error) });
  process.exitCode = 1;
} finally {
  await browser.close();
  origin.close();
}
