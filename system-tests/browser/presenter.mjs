// A presenter on the studio's go-live page, who does what they are told: reads {what, argument} lines, answers {result} or
// {error} lines. Has four cameras and a microphone that beeps: the second camera measures depths and the third one makes JPEGs,
// whose pictures are not sent. All that its browser sends to the ingest service over UDP goes through relays of this script, so
// that the way can break ("cut") while everything else goes on.
import { createSocket } from 'node:dgram';
import { launch } from './browser.mjs';
import { obey, PATIENCE_MS } from './obey.mjs';

const browser = await launch('--use-fake-device-for-media-stream=device-count=4');
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
page.on('pageerror', (error) => console.error('page error:', error));

/** Requests to the WHIP address: method and status. */
const asked = [];
let links = [];
let relays = [];

/** One way to the server, until it is cut: answers the port that the client is to send to. */
function relay(serverPort) {
  return new Promise((opened) => {
    const client = createSocket('udp4');
    const server = createSocket('udp4');
    let from = null;
    client.on('message', (datagram, sender) => {
      from = sender;
      server.send(datagram, serverPort, '127.0.0.1');
    });
    server.on('message', (datagram) => {
      if (from) client.send(datagram, from.port, from.address);
    });
    server.bind(0, '127.0.0.1');
    client.bind(0, '127.0.0.1', () => {
      relays.push(client, server);
      opened(client.address().port);
    });
  });
}

/** The server's answers, with a new relay in place of its port. */
await page.route('**/whip/**', async (route) => {
  const method = route.request().method();
  const answer = await route.fetch({ maxRetries: 0 }).catch(() => null);
  asked.push(`${method} ${answer ? answer.status() : 'unreachable'}`);
  if (!answer) return route.abort();
  links = answer.headersArray().filter(({ name }) => name.toLowerCase() === 'link').map(({ value }) => value);
  let body = await answer.text();
  const [, port] = /a=candidate:\S+ 1 udp \d+ \S+ (\d+)/i.exec(body) ?? [];
  if (port) body = body.replaceAll(` ${port} typ host`, ` ${await relay(Number(port))} typ host`);
  return route.fulfill({ response: answer, body });
});

const facts = () =>
  page.evaluate(() => {
    const by = (id) => document.querySelector(`[data-testid=${id}]`);
    const names = (select) => [...(select?.options ?? [])].map((option) => option.text);
    const preview = by('preview');
    return {
      publish: document.querySelector('[data-publish]')?.dataset.publish ?? null,
      says: by('publish-state')?.textContent,
      problem: by('publish-problem')?.hidden === false ? by('publish-problem').textContent : null,
      preview: [preview?.videoWidth, preview?.videoHeight],
      shows: preview?.srcObject?.getVideoTracks()[0]?.label ?? null,
      level: document.querySelector('meter')?.value,
      cameras: names(by('choose-camera')),
      camera: by('choose-camera')?.selectedIndex,
      microphones: names(by('choose-microphone')),
    };
  });

const commands = {
  /** The go-live page of a broadcast, as a producer who has signed in. */
  async open(address) {
    // A page of localhost is trusted with cameras, as one behind HTTPS is.
    const { origin, pathname } = new URL(address.replace('127.0.0.1', 'localhost'));
    await page.goto(origin);
    await page.getByTestId('sign-in').click();
    await page.locator('#username').fill('producer');
    await page.locator('#password').fill('producer');
    await page.locator('#kc-login').click();
    await page.getByTestId('account').waitFor();
    await page.evaluate((path) => {
      history.pushState(null, '', path);
      window.dispatchEvent(new PopStateEvent('popstate'));
    }, pathname.replace(/^\/watch\/(.*)$/, '/studio/$1/live'));
    await page.getByTestId('go-live').waitFor({ timeout: PATIENCE_MS });
  },
  /** Says of itself that nothing but TURN gets out of its network; before "open". */
  async confine() {
    await page.addInitScript(() => {
      const Whole = RTCPeerConnection;
      window.RTCPeerConnection = class extends Whole {
        constructor(configuration) {
          super({ ...configuration, iceTransportPolicy: 'relay' });
        }
        setConfiguration(configuration) {
          super.setConfiguration({ ...configuration, iceTransportPolicy: 'relay' });
        }
      };
    });
  },
  /** Lets the page have cameras and microphones. */
  async permit() {
    await context.grantPermissions(['camera', 'microphone']);
  },
  /** Waits until a part of {@link facts} matches: "publish live". */
  async wait(wanted) {
    const [, name, pattern] = /^(\S+) (.*)$/.exec(wanted);
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const seen = await facts();
      if (new RegExp(pattern).test(JSON.stringify(seen[name]))) return seen;
      if (Date.now() > until) throw new Error(`${name} is not ${pattern}`);
      await page.waitForTimeout(100);
    }
  },
  async press(testId) {
    await page.getByTestId(testId).click({ timeout: PATIENCE_MS });
  },
  /** "camera 1" takes the second camera. */
  async choose(what) {
    const [id, index] = what.split(' ');
    await page.getByTestId(`choose-${id}`).selectOption({ index: Number(index) }, { timeout: PATIENCE_MS });
  },
  /** From now on nothing goes through on the ways that were found so far. */
  async cut() {
    for (const socket of relays) socket.close();
    relays = [];
  },
  async facts() {
    return { ...(await facts()), asked, links };
  },
  async screenshot(path) {
    await page.screenshot({ path });
  },
  async close() {
    await browser.close();
  },
};

await obey(commands, commands.facts);
await browser.close();
