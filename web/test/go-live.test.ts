import { describe, expect, it } from 'vitest';
import { goLivePath, parseRoute } from '../src/app/routes';
import { explainCapture, levelOf } from '../src/studio/capture';

describe('going live', () => {
  it('path_ofABroadcast_leadsToItsPage', () => {
    expect(parseRoute(goLivePath('a b'))).toEqual({ name: 'go-live', id: 'a b' });
    expect(parseRoute('/studio/x/other')).toEqual({ name: 'not-found' });
  });

  it('silence_isNothing_fullScaleIsAll', () => {
    expect(levelOf(0)).toBe(0);
    expect(levelOf(1)).toBe(1);
    expect(levelOf(0.001)).toBeCloseTo(0.5);
  });

  it.each([
    ['NotAllowedError', 'Allow camera'],
    ['NotFoundError', 'Plug it in'],
    ['NotReadableError', 'Another program'],
    ['AbortError', 'Try again'],
  ])('refusedDevice_%s_saysWhatToDo', (name, text) => {
    expect(explainCapture(new DOMException('', name))).toContain(text);
  });
});
