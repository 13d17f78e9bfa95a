import { describe, expect, it } from 'vitest';
import { explain, problemOf, Unreachable } from '../src/api/problem';

describe('problemOf', () => {
  it('problemDocument_givesTitleAndDetail', () => {
    const problem = problemOf(400, 'Bad Request', '{"title":"Title is missing","detail":"title: must not be blank"}');
    expect(explain(problem)).toBe('Title is missing: title: must not be blank');
  });

  it('violations_nameTheirFields', () => {
    const body = '{"title":"Invalid","violations":[{"field":"title","message":"must not be blank"}]}';
    expect(problemOf(400, '', body).detail).toBe('title must not be blank');
  });

  it.each([
    '',
    '<html>',
    '[]',
    'null',
    '"text"',
    '{"title":3,"errors":[null,{}]}',
  ])('otherBody_%#_fallsBackToTheStatus', (body) =>
    expect(problemOf(500, 'Server Error', body).message).toBe('Server Error'));
});

describe('explain', () => {
  it('outage_saysThatNothingWasChanged', () => {
    expect(explain(new Unreachable('x'))).toContain('Nothing was changed');
  });
});
