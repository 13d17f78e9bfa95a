// A broadcast of the mock origin: parts of the clip appended in real time, rendered as an EVENT playlist with low-latency
// parts, blocking reload and delta updates (draft-pantos-hls-rfc8216bis-22 §6.2.2, §6.2.5).
import { CLIP_SECONDS, PART_SECONDS, PARTS_PER_SEGMENT } from './clip.mjs';

const TARGET_DURATION = 6;
const SKIP_UNTIL = 6 * TARGET_DURATION;
const CLIP_PARTS = Math.floor(CLIP_SECONDS / PART_SECONDS);

export class Timeline {
  #segments = [];
  #waiting = new Set();
  #timer;
  ended = false;
  away = false;
  startedAt;

  /** Starts as if the first frame had come `elapsedSeconds` ago. */
  start(elapsedSeconds = 0) {
    if (this.startedAt) return;
    this.startedAt = Date.now() - elapsedSeconds * 1000;
    for (let i = 0; i < elapsedSeconds / PART_SECONDS; i++) this.#append();
    this.#timer = setInterval(() => this.#tick(), 50);
    this.#timer.unref();
  }

  end() {
    if (!this.startedAt) this.start(0);
    this.ended = true;
    clearInterval(this.#timer);
    const last = this.#segments.at(-1);
    if (last) last.closed = true;
    this.#wake();
  }

  get partCount() {
    return this.#segments.reduce((sum, segment) => sum + segment.parts.length, 0);
  }

  #tick() {
    const due = Math.floor((Date.now() - this.startedAt) / 1000 / PART_SECONDS);
    while (!this.ended && this.partCount < due) this.#append();
  }

  #append() {
    const index = this.partCount;
    if (index >= CLIP_PARTS) {
      this.end();
      return;
    }
    let segment = this.#segments.at(-1);
    if (!segment || segment.closed || segment.gap !== this.away) {
      if (segment) segment.closed = true;
      segment = { msn: this.#segments.length, firstPart: index, parts: [], closed: false, gap: this.away };
      this.#segments.push(segment);
    }
    segment.parts.push(index);
    segment.closed = segment.parts.length === PARTS_PER_SEGMENT;
    this.#wake();
  }

  #wake() {
    for (const wake of this.#waiting) wake();
  }

  /** Resolves when the condition holds, or after `limitMs`; true when it holds. */
  async #when(condition, limitMs) {
    if (condition()) return true;
    return await new Promise((resolve) => {
      const done = (result) => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve(result);
      };
      const wake = () => condition() && done(true);
      const timer = setTimeout(() => done(false), limitMs);
      this.#waiting.add(wake);
    });
  }

  /** The clip parts of a segment (part === null) or of one part, once they are there; null for what will not come. */
  async parts(msn, part) {
    const here = () => {
      const segment = this.#segments[msn];
      return segment && (part === null ? segment.closed : segment.parts.length > part);
    };
    await this.#when(() => here() || this.ended, 3000);
    const segment = this.#segments[msn];
    if (!here() || segment.gap) return null;
    return part === null ? segment.parts : [segment.parts[part]];
  }

  /** The media playlist of a rendition after any blocking reload, or null when it was held too long. */
  async playlist(rendition, others, query) {
    const msn = query.get('_HLS_msn');
    const part = query.get('_HLS_part');
    if (msn !== null && !this.ended) {
      const wanted = Number(msn);
      const reached = () => {
        if (this.ended) return true;
        const segment = this.#segments[wanted];
        if (this.#segments.length > wanted + 1) return true;
        return Boolean(
          segment && (part === null ? segment.closed : segment.parts.length > Number(part) || segment.closed),
        );
      };
      if (!(await this.#when(reached, 3 * TARGET_DURATION * 1000))) return null;
    }
    return this.#render(rendition, others, query.has('_HLS_skip') && !this.ended);
  }

  #render(rendition, others, skip) {
    const closed = this.#segments.filter((segment) => segment.closed);
    const lines = [
      '#EXTM3U',
      '#EXT-X-VERSION:9',
      `#EXT-X-TARGETDURATION:${TARGET_DURATION}`,
      `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=${SKIP_UNTIL},PART-HOLD-BACK=1.5`,
      `#EXT-X-PART-INF:PART-TARGET=${PART_SECONDS}`,
      '#EXT-X-PLAYLIST-TYPE:EVENT',
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-DISCONTINUITY-SEQUENCE:0',
      '#EXT-X-INDEPENDENT-SEGMENTS',
    ];
    let skipped = 0;
    if (skip) {
      let left = closed.reduce((sum, segment) => sum + segment.parts.length * PART_SECONDS, 0);
      while (skipped < closed.length && left - closed[skipped].parts.length * PART_SECONDS >= SKIP_UNTIL) {
        left -= closed[skipped++].parts.length * PART_SECONDS;
      }
      if (skipped) lines.push(`#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}`);
    }
    if (!skipped) lines.push(`#EXT-X-MAP:URI="${rendition}/init.mp4"`);
    for (const segment of this.#segments.slice(skipped)) this.#renderSegment(lines, rendition, segment);
    if (this.ended) {
      lines.push('#EXT-X-ENDLIST');
    } else {
      const last = this.#segments.at(-1);
      const next = last && !last.closed ? [last.msn, last.parts.length] : [this.#segments.length, 0];
      lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${rendition}/${next[0]}.${next[1]}.m4s"`);
      for (const other of others) {
        if (last)
          lines.push(
            `#EXT-X-RENDITION-REPORT:URI="${other}.m3u8",LAST-MSN=${last.msn},LAST-PART=${last.parts.length - 1}`,
          );
      }
    }
    return `${lines.join('\n')}\n`;
  }

  #renderSegment(lines, rendition, segment) {
    const at = new Date(this.startedAt + segment.firstPart * PART_SECONDS * 1000).toISOString();
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${at}`);
    if (segment.msn >= this.#segments.length - 4 && !this.ended) {
      segment.parts.forEach((_, index) => {
        const kind = segment.gap ? 'GAP=YES' : 'INDEPENDENT=YES';
        lines.push(`#EXT-X-PART:DURATION=${PART_SECONDS},URI="${rendition}/${segment.msn}.${index}.m4s",${kind}`);
      });
    }
    if (!segment.closed) return;
    if (segment.gap) lines.push('#EXT-X-GAP');
    lines.push(`#EXTINF:${(segment.parts.length * PART_SECONDS).toFixed(3)},`, `${rendition}/${segment.msn}.m4s`);
  }
}
