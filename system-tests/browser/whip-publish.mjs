// A publisher in headless Chromium: camera and microphone, a tab, a canvas, or flashes with beeps, to a WHIP address.
// node whip-publish.mjs '{"url": ..., "key": ..., "seconds": 8, "source": "camera", "codec": "video/VP8", "port": 1234}'
// Says what happens line by line as JSON; ends with the sender's statistics, or with {"error": ...} and status 1.
// With "untilTold" instead of "seconds" it publishes until its standard input ends. A canvas stands still before the end
// until all that was painted has been sent, and sent again where it got lost: the statistics then count what must arrive.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { launch } from './browser.mjs';
import { endAfter } from './limit.mjs';

const wish = { source: 'camera', seconds: 8, width: 640, height: 360, ...JSON.parse(process.argv[2]) };
const say = (fact) => console.log(JSON.stringify(fact));
endAfter(wish.untilTold ? 600 : wish.seconds + 90, say);
const browser = await launch('--use-fake-device-for-media-stream', '--auto-accept-this-tab-capture');

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
    window.painting = setInterval(() => {
      frame++;
      // The first step of a ramp goes up, the next one down again.
      if (wish.resizeAfter && frame === wish.resizeAfter * 25) Object.assign(canvas, { width: 1280, height: 720 });
      if (wish.resizeAfter && frame === wish.resizeAfter * 50) Object.assign(canvas, { width: wish.width, height: wish.height });
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
  /** Black and silent, but for 0.2 s of white with a tone that begin together at every odd second. */
  const flashAndBeep = () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: wish.width, height: wish.height });
    document.body.append(canvas);
    const paint = canvas.getContext('2d');
    const audio = new AudioContext({ sampleRate: 48_000 });
    const tone = new OscillatorNode(audio, { frequency: 440 });
    const level = new GainNode(audio, { gain: 0 });
    const out = new MediaStreamAudioDestinationNode(audio);
    tone.connect(level).connect(out);
    tone.start();
    for (let second = 1; second < 600; second += 2) {
      level.gain.setValueAtTime(0.5, second);
      level.gain.setValueAtTime(0, second + 0.2);
    }
    let shown = '';
    let painted = 0;
    // A picture is captured when it is painted: a flash at once, for it is held against the beep, and else thirty a second.
    window.painting = setInterval(() => {
      const within = audio.currentTime % 2;
      const colour = within >= 1 && within < 1.2 ? 'white' : 'black';
      if (colour === shown && performance.now() - painted < 33) return;
      shown = colour;
      painted = performance.now();
      paint.fillStyle = colour;
      paint.fillRect(0, 0, canvas.width, canvas.height);
    }, 5);
    return new MediaStream([...canvas.captureStream().getTracks(), ...out.stream.getTracks()]);
  };
  const open = {
    camera: () => navigator.mediaDevices.getUserMedia({ audio: true, video: { width: wish.width, height: wish.height } }),
    tab: () => navigator.mediaDevices.getDisplayMedia({ video: true, audio: true, preferCurrentTab: true }),
    canvas: async () => canvasStream(),
    flashes: async () => flashAndBeep(),
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
  window.answered = sdp;
  await connected;
  return { resource: window.resource, connectMs: performance.now() - started, etag: answer.headers.get('ETag') };
}

/** Runs in the page: restarts ICE as RFC 9725 §4.3.3 says, and returns when the new way has been found to work. */
async function restart(wish) {
  const { peer } = window;
  peer.restartIce();
  await peer.setLocalDescription();
  const attribute = (sdp, name) => new RegExp(`a=${name}:(\\S+)`).exec(sdp)[1];
  const offer = peer.localDescription.sdp;
  const fragment = ['ice-ufrag', 'ice-pwd'].map((name) => `a=${name}:${attribute(offer, name)}\r\n`).join('');
  const answer = await fetch(window.resource, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*', Authorization: `Bearer ${wish.key}` },
    body: fragment,
  });
  if (answer.status !== 200) throw new Error(`restart: ${answer.status} ${await answer.text()}`);
  const told = await answer.text();
  let sdp = window.answered;
  for (const name of ['ice-ufrag', 'ice-pwd']) sdp = sdp.replaceAll(new RegExp(`a=${name}:\\S+`, 'g'), `a=${name}:${attribute(told, name)}`);
  await peer.setRemoteDescription({ type: 'answer', sdp });
  const ice = peer.getSenders()[0].transport.iceTransport;
  // By our own fragment: Chromium may pair its new candidates with the server's old fragment before the answer is here,
  // the server answers to both, and then the pair stays.
  const moved = () => ice.getSelectedCandidatePair()?.local.usernameFragment === attribute(offer, 'ice-ufrag') && ice.state !== 'checking';
  for (const deadline = performance.now() + 30_000; !moved(); ) {
    if (performance.now() > deadline) {
      const reports = [...(await peer.getStats()).values()].filter((report) => /candidate|transport/.test(report.type));
      throw new Error(`restart to ${attribute(told, 'ice-ufrag')}: ${ice.state}, peer ${peer.connectionState} ${JSON.stringify(reports)}`);
    }
    await new Promise((passed) => setTimeout(passed, 50));
  }
  return { etag: answer.headers.get('ETag') };
}

/** Runs in the page: ends the painting, and returns when no frame has been encoded for a second. */
async function settle() {
  if (!window.painting) return;
  clearInterval(window.painting);
  const encoded = async () => {
    let frames = 0;
    for (const report of (await window.peer.getStats()).values()) {
      if (report.type === 'outbound-rtp' && report.kind === 'video') frames += report.framesEncoded;
    }
    return frames;
  };
  const deadline = performance.now() + 30_000;
  for (let before = -1, now = await encoded(); now !== before; before = now, now = await encoded()) {
    if (performance.now() > deadline) throw new Error('the encoder goes on behind the last painting');
    await new Promise((passed) => setTimeout(passed, 1000));
  }
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
  if (wish.restartAfter) {
    await page.waitForTimeout(wish.restartAfter * 1000);
    say({ restarted: await page.evaluate(restart, wish) });
  }
  if (wish.untilTold) await once(process.stdin.resume(), 'end');
  else await page.waitForTimeout(wish.seconds * 1000);
  await page.evaluate(settle);
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
