const SCHEME = /^(?:stun|turn)s?:/i;
const LINK = /<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~-]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]+))?)*)/g;
const PARAMETER = /;\s*([\w!#$&+.^`|~-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+)))?/g;

/**
 * The STUN and TURN servers that a WHIP answer names in its `Link` header (RFC 9725 §4.6, RFC 8288 §3): several fields come
 * as one, with commas between. What is no server, or no TURN server with a password, is passed over.
 */
export function iceServers(link: string | null): RTCIceServer[] {
  const servers: RTCIceServer[] = [];
  for (const [, urls = '', rest = ''] of (link ?? '').matchAll(LINK)) {
    const parameters = new Map<string, string>();
    for (const [, name = '', quoted, plain] of rest.matchAll(PARAMETER)) {
      parameters.set(name.toLowerCase(), quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'));
    }
    const isServer = parameters.get('rel')?.split(/\s+/).includes('ice-server') && SCHEME.test(urls);
    const username = parameters.get('username');
    const credential = parameters.get('credential');
    if (!isServer) continue;
    if (/^stun/i.test(urls)) servers.push({ urls });
    // Browsers throw the whole list away where a TURN server lacks either.
    else if (username !== undefined && credential !== undefined) servers.push({ urls, username, credential });
  }
  return servers;
}
