import { describe, expect, it } from 'vitest';
import { StallMemory } from '../src/watch/stall-memory';

describe('StallMemory', () => {
  it('has nothing to forget before the first stall', () => {
    expect(new StallMemory().forgets(1_000_000)).toBe(false);
  });

  it('forgets a stall once, after a steady while', () => {
    const memory = new StallMemory();
    memory.stalled(1000);
    expect(memory.forgets(10_999)).toBe(false);
    expect(memory.forgets(11_000)).toBe(true);
    expect(memory.forgets(12_000)).toBe(false);
  });

  it('counts from the last stall', () => {
    const memory = new StallMemory();
    memory.stalled(0);
    memory.stalled(9000);
    expect(memory.forgets(10_000)).toBe(false);
    expect(memory.forgets(19_000)).toBe(true);
  });

  it('takes twice as long each time, up to five minutes', () => {
    const memory = new StallMemory();
    let now = 0;
    for (const steady of [10, 20, 40, 80, 160, 300, 300]) {
      memory.stalled(now);
      expect(memory.forgets(now + steady * 1000 - 1)).toBe(false);
      now += steady * 1000;
      expect(memory.forgets(now)).toBe(true);
    }
  });
});
