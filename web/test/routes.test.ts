import { describe, expect, it } from 'vitest';
import { parseRoute, watchPath } from '../src/app/routes';

describe('parseRoute', () => {
  it('root_withQuery_isLibrary', () => {
    expect(parseRoute('/', '?q=town%20hall')).toEqual({ name: 'library', query: 'town hall' });
    expect(parseRoute('')).toEqual({ name: 'library', query: '' });
  });

  it('watch_withAndWithoutTime_carriesIdAndTime', () => {
    expect(parseRoute('/watch/abc')).toEqual({ name: 'watch', id: 'abc', at: null });
    expect(parseRoute('/watch/abc/', '?t=90')).toEqual({ name: 'watch', id: 'abc', at: '90' });
  });

  it('id_withReservedCharacters_survivesBothWays', () => {
    const id = 'a/b c?ü';
    expect(parseRoute(watchPath(id))).toMatchObject({ name: 'watch', id });
  });

  it('malformedOrUnknownPath_isNotFound', () => {
    for (const path of ['/watch', '/watch/%zz', '/watch/a/b', '/studio/x', '/nothing']) {
      expect(parseRoute(path).name, path).toBe('not-found');
    }
  });
});
