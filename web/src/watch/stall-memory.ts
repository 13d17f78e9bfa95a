const FIRST_MS = 10_000;
const LONGEST_MS = 300_000;

/**
 * How long a stall counts. After each one hls.js stays further behind the edge, for good: one stall while the page was starting
 * would cost a viewer their nearness for the whole event. So it is forgotten after a steady while, which doubles each time, and
 * a connection that cannot do it soon stays where it holds.
 */
export class StallMemory {
  private stalledAtMs: number | null = null;
  private steadyMs = FIRST_MS;

  stalled(nowMs: number): void {
    this.stalledAtMs = nowMs;
  }

  /** True once when the stalls so far no longer count. */
  forgets(nowMs: number): boolean {
    if (this.stalledAtMs === null || nowMs - this.stalledAtMs < this.steadyMs) return false;
    this.stalledAtMs = null;
    this.steadyMs = Math.min(this.steadyMs * 2, LONGEST_MS);
    return true;
  }
}
