// A mock origin for work on the web app without the stack: the built app, /config.json, /api, /hls and a sign-in provider.
// It imitates the public interface; it is not shipped and proves nothing about the services.
//
//   POST /mock/{id}/start?elapsed=S   goes live as if S seconds ago      POST /mock/{id}/end
//   POST /mock/{id}/away  /back       publisher gone, publisher back     POST /mock/catalog?up=false
//   POST /mock/media?up=false         /hls answers 503
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clip, RENDITIONS } from './clip.mjs';
import { provider, userOf } from './provider.mjs';
import { Timeline } from './timeline.mjs';

const port = Number(process.env.PORT ?? 21010);
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const media = clip();
const origin = `http://127.0.0.1:${port}`;
const issuer = `${origin}/realms/rostrum`;
const switches = { catalog: true, media: true };

const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:",
  "media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
].join('; ');
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.map': 'application/json',
};

const minutesFromNow = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
const broadcasts = new Map();

function add(id, title, more = {}) {
  broadcasts.set(id, {
    timeline: new Timeline(),
    createdAt: new Date().toISOString(),
    details: { id, title, description: '', publicAccess: true, ...more },
    state: more.startsAt ? 'SCHEDULED' : 'DRAFT',
    allowed: null,
    publisher: 'AWAY',
  });
  return broadcasts.get(id);
}

function stateOf(broadcast) {
  if (broadcast.timeline.ended) return 'ENDED';
  return broadcast.timeline.startedAt ? 'LIVE' : broadcast.state;
}

function view(broadcast) {
  const { details, timeline } = broadcast;
  return {
    ...details,
    state: stateOf(broadcast),
    publisher: timeline.startedAt && !timeline.away && !timeline.ended ? 'CONNECTED' : 'AWAY',
    ...(timeline.startedAt
      ? { startedAt: new Date(timeline.startedAt).toISOString(), durationSeconds: timeline.partCount / 2 }
      : {}),
    watchUrl: `${origin}/watch/${details.id}`,
    hlsUrl: `${origin}/hls/${details.id}/index.m3u8`,
  };
}

add('town-hall', 'Autumn town hall', {
  description:
    'The quarter in numbers, the new office in Rotterdam, and an hour for your questions.\nSlides follow on the intranet.',
}).timeline.start(Number(process.env.ELAPSED ?? 60));
add('all-hands', 'Engineering all-hands', {
  description: 'What we shipped, what broke, and what we learned from it.',
  startsAt: minutesFromNow(95),
});
add('keynote', 'Founders’ keynote', { description: 'Rehearsal first; the doors open when the presenter connects.' });
add('lecture', 'Lecture 7: Consensus without tears', {
  description: 'From two generals to Raft, with the proofs left in.',
}).timeline.start(100);
broadcasts.get('lecture').timeline.end();
add('onboarding', 'Welcome to the company').timeline.start(20);
broadcasts.get('onboarding').timeline.end();
add('panel', 'Panel: the next ten years').timeline.start(45);
add('staff', 'Staff meeting', { publicAccess: false }).timeline.start(30);
broadcasts.get('staff').allowed = ['alice', 'admin', 'producer'];
add('offsite', 'Team off-site', { description: 'Called off: the ferry does not sail in this weather.' }).state =
  'CANCELLED';

function problem(send, status, title, detail) {
  return send(status, { type: 'about:blank', status, title, detail }, 'application/problem+json');
}

const mayWatch = (broadcast, user) => !broadcast.allowed || broadcast.allowed.includes(user);

async function api(request, url, send) {
  if (!switches.catalog) return problem(send, 503, 'Service unavailable', 'The catalog is down.');
  const user = userOf(request);
  const [, id, action] = /^\/api\/v1\/broadcasts(?:\/([^/]+))?(?:\/(.+))?$/.exec(url.pathname) ?? [];
  if (!id && request.method === 'GET') {
    const wanted = (url.searchParams.get('q') ?? '').toLowerCase();
    const items = [...broadcasts.values()].filter(
      (b) => mayWatch(b, user) && b.details.title.toLowerCase().includes(wanted),
    );
    return send(200, { items: items.map(view), nextCursor: null });
  }
  if (!id && request.method === 'POST') {
    if (!user) return problem(send, 401, 'Sign in', 'Creating a broadcast needs a signed-in producer.');
    let body = '';
    for await (const chunk of request) body += chunk;
    const asked = JSON.parse(body);
    if (!asked.title) return problem(send, 400, 'Title is missing', 'title: must not be blank');
    const newId = `b${Math.random().toString(36).slice(2, 10)}`;
    const broadcast = add(newId, asked.title, asked);
    return send(201, {
      ...view(broadcast),
      ingest: {
        rtmpUrl: 'rtmp://127.0.0.1:1935/live',
        rtmpsUrl: 'rtmps://127.0.0.1:1936/live',
        whipUrl: `${origin}/whip/${newId}`,
        streamKey: `rst_${newId}_4fKq0mT1vS9w8yZr`,
      },
    });
  }
  const broadcast = broadcasts.get(id);
  if (!broadcast) return problem(send, 404, 'No such broadcast', 'Check the address.');
  if (action === 'playback-session') {
    if (!mayWatch(broadcast, user)) {
      return user
        ? problem(send, 403, 'Not in the audience', 'Ask the organiser to add you.')
        : problem(send, 401, 'Sign in', 'This broadcast is for signed-in viewers.');
    }
    const hlsUrl = `${origin}/hls/${id}/index.m3u8`;
    return send(200, { hlsUrl, tokenHlsUrl: hlsUrl, expiresAt: minutesFromNow(10) }, 'application/json', {
      'set-cookie': `rostrum_playback=${id}; Path=/hls/${id}; HttpOnly; SameSite=Lax`,
    });
  }
  if (action === 'end') {
    broadcast.timeline.end();
    return send(200, view(broadcast));
  }
  if (action === 'stream-keys') {
    return send(201, { keyId: 'k2', streamKey: `rst_${id}_next9s8d7f6g5h4`, rtmpUrl: 'rtmp://127.0.0.1:1935/live' });
  }
  if (!mayWatch(broadcast, user)) {
    return user ? problem(send, 403, 'Not in the audience') : problem(send, 401, 'Sign in');
  }
  return send(200, view(broadcast));
}

async function hls(request, url, send) {
  if (!switches.media) return send(503, 'down', 'text/plain');
  const [, id, name] = /^\/hls\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  const broadcast = broadcasts.get(id);
  if (!broadcast) return send(404, 'no such broadcast', 'text/plain');
  if (broadcast.allowed && !(request.headers.cookie ?? '').includes(`rostrum_playback=${id}`)) {
    return send(401, 'no playback session', 'text/plain');
  }
  const { timeline } = broadcast;
  if (!timeline.startedAt) return send(404, 'not started', 'text/plain', { 'cache-control': 'max-age=1' });
  const playlistType = 'application/vnd.apple.mpegurl';
  if (name === 'index.m3u8') {
    const lines = ['#EXTM3U', '#EXT-X-VERSION:9', '#EXT-X-INDEPENDENT-SEGMENTS'];
    for (const r of RENDITIONS) {
      lines.push(
        `#EXT-X-STREAM-INF:BANDWIDTH=${r.bitsPerSecond * 2},AVERAGE-BANDWIDTH=${r.bitsPerSecond},CODECS="avc1.4d401f,mp4a.40.2",RESOLUTION=${r.width}x${r.height},FRAME-RATE=24.000`,
        `${r.name}.m3u8`,
      );
    }
    return send(200, `${lines.join('\n')}\n`, playlistType);
  }
  const rendition = RENDITIONS.find((r) => name === `${r.name}.m3u8` || name.startsWith(`${r.name}/`))?.name;
  if (!rendition) return send(404, 'no such rendition', 'text/plain');
  if (name.endsWith('.m3u8')) {
    const others = RENDITIONS.map((r) => r.name).filter((other) => other !== rendition);
    const text = await timeline.playlist(rendition, others, url.searchParams);
    return text === null ? send(503, 'held too long', 'text/plain') : send(200, text, playlistType);
  }
  const dir = join(media, rendition);
  if (name.endsWith('/init.mp4')) return send(200, readFileSync(join(dir, 'init.mp4')), 'video/mp4');
  const [, msn, part] = /\/(\d+)(?:\.(\d+))?\.m4s$/.exec(name) ?? [];
  const parts = await timeline.parts(Number(msn), part === undefined ? null : Number(part));
  if (!parts) return send(404, 'gone', 'text/plain');
  const bytes = parts.map((index) => readFileSync(join(dir, `part${String(index).padStart(5, '0')}.m4s`)));
  return send(200, Buffer.concat(bytes), 'video/mp4');
}

function mock(url, send) {
  const [, target, action] =
    url.pathname.split('/').slice(1).length >= 2 ? ['', ...url.pathname.split('/').slice(2)] : [];
  if (target === 'catalog' || target === 'media') {
    switches[target] = url.searchParams.get('up') !== 'false';
    return send(200, switches);
  }
  const timeline = broadcasts.get(target)?.timeline;
  if (!timeline) return send(404, 'no such broadcast', 'text/plain');
  if (action === 'start') timeline.start(Number(url.searchParams.get('elapsed') ?? 0));
  if (action === 'end') timeline.end();
  if (action === 'away') timeline.away = true;
  if (action === 'back') timeline.away = false;
  return send(200, view(broadcasts.get(target)));
}

createServer(async (request, response) => {
  const url = new URL(request.url, origin);
  const send = (status, body, type = 'application/json', headers = {}) => {
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers }).end(bytes);
    return true;
  };
  try {
    if (url.pathname === '/config.json') {
      return send(200, { oidc: { authority: issuer, clientId: 'rostrum-web' } });
    }
    if (url.pathname.startsWith('/api/')) return await api(request, url, send);
    if (url.pathname.startsWith('/hls/')) return await hls(request, url, send);
    if (url.pathname.startsWith('/realms/')) return await provider(request, url, issuer, send);
    if (url.pathname.startsWith('/mock/')) return mock(url, send);
    let file = join(dist, url.pathname);
    if (!existsSync(file) || statSync(file).isDirectory()) file = join(dist, 'index.html');
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
    });
    createReadStream(file).pipe(response);
  } catch (error) {
    console.error(error);
    if (!response.headersSent) send(500, 'mock origin failed', 'text/plain');
  }
}).listen(port, '127.0.0.1', () => console.log(`mock origin on ${origin}`));
