// A pretend OpenID provider for the mock origin: one click signs in as any demo user. Its tokens are not signed.
const ROLES = { admin: ['admin'], producer: ['producer'], alice: ['viewer'], bob: ['viewer'] };
const challenges = new Map();

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(user, issuer, nonce) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{
      iss: issuer,
      aud: 'rostrum-web',
      sub: user,
      preferred_username: user,
      name: user[0].toUpperCase() + user.slice(1),
    },
    ...{ iat: now, exp: now + 300, realm_access: { roles: ROLES[user] ?? [] }, ...(nonce ? { nonce } : {}) },
  };
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
}

/** The user that an Authorization header names, or null. */
export function userOf(request) {
  const bearer = /^Bearer [^.]+\.([^.]+)\./.exec(request.headers.authorization ?? '');
  return bearer ? JSON.parse(Buffer.from(bearer[1], 'base64url').toString()).sub : null;
}

/** Answers the provider's addresses; false when the path is none of them. */
export async function provider(request, url, issuer, send) {
  const path = url.pathname.slice('/realms/rostrum'.length);
  if (path === '/.well-known/openid-configuration') {
    return send(200, {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      end_session_endpoint: `${issuer}/logout`,
      jwks_uri: `${issuer}/keys`,
    });
  }
  if (path === '/authorize') {
    const links = Object.keys(ROLES).map((user) => {
      const code = `${user}-${Math.random().toString(36).slice(2)}`;
      challenges.set(code, { user, nonce: url.searchParams.get('nonce') });
      const back = new URL(url.searchParams.get('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state'));
      return `<p><a id="${user}" href="${back}">${user}</a></p>`;
    });
    return send(200, `<!doctype html><title>Mock sign-in</title>${links.join('')}`, 'text/html');
  }
  if (path === '/token') {
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    const known = challenges.get(form.get('code')) ?? { user: form.get('refresh_token') };
    challenges.delete(form.get('code'));
    return send(200, {
      access_token: token(known.user, issuer),
      id_token: token(known.user, issuer, known.nonce),
      refresh_token: known.user,
      token_type: 'Bearer',
      expires_in: 300,
    });
  }
  if (path === '/logout') {
    return send(302, '', 'text/plain', { location: url.searchParams.get('post_logout_redirect_uri') ?? '/' });
  }
  return send(404, { title: 'Not found' });
}
