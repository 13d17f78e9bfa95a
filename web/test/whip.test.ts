import { describe, expect, it } from 'vitest';
import { iceServers } from '../src/studio/link-header';
import { iceAttributes, withIceOf } from '../src/studio/whip-session';

describe('ice servers of a Link header', () => {
  it.each([
    [null, []],
    ['', []],
    ['<stun:stun.example.org>; rel="ice-server"', [{ urls: 'stun:stun.example.org' }]],
    ['<stun:a>;rel=ice-server , <stuns:b:5349>; rel="next ice-server"', [{ urls: 'stun:a' }, { urls: 'stuns:b:5349' }]],
    ['<https://a.example>; rel="ice-server", <stun:b>; rel="next"', []],
    ['<turn:a>; rel="ice-server"', []],
    ['<turn:a>; rel="ice-server"; username="u"', []],
    ['rel="ice-server", <<>>; =; "', []],
  ])('%s', (link, servers) => {
    expect(iceServers(link)).toEqual(servers);
  });

  it('turn_withPassword_commasAndQuotesInside', () => {
    const link =
      '<turn:a?transport=udp>; rel="ice-server"; username="1700:b, c"; credential="q\\"\\\\=/+"; credential-type="password", ' +
      '<turns:[::1]:443>; REL="ice-server"; username=u; credential=p';
    expect(iceServers(link)).toEqual([
      { urls: 'turn:a?transport=udp', username: '1700:b, c', credential: 'q"\\=/+' },
      { urls: 'turns:[::1]:443', username: 'u', credential: 'p' },
    ]);
  });

  it('longHeader_takesNoLongTime', () => {
    expect(iceServers('<stun:a>; rel="x'.repeat(20_000))).toEqual([]);
  });
});

describe('ice restart', () => {
  const media = (ice: string, port: number) =>
    `m=audio\r\na=ice-ufrag:${ice}\r\na=ice-pwd:${ice}pwd\r\na=candidate:1 1 udp 1 192.0.2.1 ${port} typ host\r\na=mid:0\r\n`;
  const answer = `v=0\r\na=ice-lite\r\n${media('old', 1)}${media('old', 1)}`;

  it('fragment_namesTheFirstOfAnOffer', () => {
    expect(iceAttributes(answer)).toBe('a=ice-ufrag:old\r\na=ice-pwd:oldpwd\r\n');
  });

  it('answer_hasNewNamesAndCandidatesEverywhere', () => {
    const fragment =
      'a=ice-lite\r\na=ice-ufrag:new\r\na=ice-pwd:newpwd\r\na=candidate:1 1 udp 1 192.0.2.1 2 typ host\r\na=end-of-candidates\r\n';
    expect(withIceOf(answer, fragment)).toBe(`v=0\r\na=ice-lite\r\n${media('new', 2)}${media('new', 2)}`);
  });
});
