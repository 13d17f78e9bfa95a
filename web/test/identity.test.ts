import { describe, expect, it } from 'vitest';
import { identityOf, mayProduce } from '../src/auth/identity';
import { settingsOf } from '../src/auth/settings';

function base64Url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function token(claims: unknown): string {
  const encode = (value: unknown): string => base64Url(JSON.stringify(value));
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.c2lnbmF0dXJl`;
}

describe('identityOf', () => {
  it('keycloakToken_hasNameAndRealmRoles', () => {
    const who = identityOf(
      token({ sub: '1', name: 'Zoë Ångström', realm_access: { roles: ['producer', 7] }, groups: ['admin'] }),
    );
    expect(who).toEqual({ name: 'Zoë Ångström', roles: ['producer'] });
    expect(mayProduce(who)).toBe(true);
  });

  it('tokenWithoutName_fallsBackToUserName', () => {
    expect(identityOf(token({ sub: '1', name: ' ', preferred_username: 'bob' })).name).toBe('bob');
  });

  it.each(['', 'opaque', 'a.b.c', `${token(null)}`, token('text')])('unreadableToken_%#_hasNoRoles', (text) => {
    expect(identityOf(text)).toEqual({ name: 'Signed in', roles: [] });
  });

  it('viewerOrNobody_mayNotProduce', () => {
    expect(mayProduce({ name: 'Alice', roles: ['viewer'] })).toBe(false);
    expect(mayProduce(null)).toBe(false);
  });
});

describe('settingsOf', () => {
  it('completeDocument_isTaken', () => {
    const oidc = { authority: 'http://127.0.0.1:8180/realms/rostrum', clientId: 'rostrum-web' };
    expect(settingsOf({ oidc })).toEqual({ oidc });
  });

  it.each([
    null,
    {},
    { oidc: null },
    { oidc: { authority: 'x' } },
    { oidc: { authority: '', clientId: 'y' } },
    'x',
    [],
  ])('incompleteDocument_%#_isNotSetUp', (document) => expect(settingsOf(document)).toEqual({ oidc: null }));
});
