const REFRESH_MS = 10_000;
const CUE = /^(\d{2,}):(\d\d):(\d\d)\.(\d{3}) --> (\d{2,}):(\d\d):(\d\d)\.(\d{3})$/;
const PAYLOAD = /^(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/;

/** A small picture of what is shown for a while: a part of an image, in its pixels. */
export interface Picture {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly url: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The pictures of a WebVTT file, in their order; what is not a cue with a picture is left out. */
export function parseStoryboard(text: string, base: string): Picture[] {
  const lines = text.split('\n');
  const pictures: Picture[] = [];
  lines.forEach((line, i) => {
    const time = CUE.exec(line);
    const payload = PAYLOAD.exec(lines[i + 1] ?? '');
    if (!time || !payload?.[1]) return;
    pictures.push({
      startSeconds: seconds(time, 1),
      endSeconds: seconds(time, 5),
      url: new URL(payload[1], base).href,
      x: Number(payload[2]),
      y: Number(payload[3]),
      width: Number(payload[4]),
      height: Number(payload[5]),
    });
  });
  return pictures;
}

/** The picture that is shown at a time, or null. */
export function pictureAt(pictures: readonly Picture[], atSeconds: number): Picture | null {
  let low = 0;
  let high = pictures.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pictures[middle]?.startSeconds ?? 0) <= atSeconds) low = middle + 1;
    else high = middle;
  }
  const last = pictures[low - 1];
  return last && atSeconds < last.endSeconds ? last : null;
}

function seconds(match: RegExpExecArray, from: number): number {
  const [hours, minutes, whole, milliseconds] = match.slice(from, from + 4).map(Number);
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (whole ?? 0) + (milliseconds ?? 0) / 1000;
}

/**
 * The scrub thumbnails of one broadcast. Nothing is fetched before the viewer looks at the bar, and while it is live
 * again only then: new pictures matter to nobody else.
 */
export class Storyboard {
  private pictures: readonly Picture[] = [];
  private askedAt = Number.NEGATIVE_INFINITY;
  private complete = false;

  constructor(
    private readonly url: string,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * The picture at a time of the video, or null where none is known (yet).
   *
   * @param live whether more may come
   * @param arrived called if a newer file has come meanwhile
   */
  at(atSeconds: number, live: boolean, arrived: () => void): Picture | null {
    const now = performance.now();
    if (!this.complete && now - this.askedAt >= REFRESH_MS) {
      this.askedAt = now;
      this.refresh(live).then(arrived, () => undefined); // without pictures the bar works as well
    }
    return pictureAt(this.pictures, atSeconds);
  }

  private async refresh(live: boolean): Promise<void> {
    const response = await fetch(this.url, { signal: this.signal });
    if (!response.ok) return;
    this.pictures = parseStoryboard(await response.text(), response.url);
    // The last ones come a moment after the end: only an answer that says it is final is.
    this.complete = !live && !/max-age=[0-9]\b/.test(response.headers.get('Cache-Control') ?? '');
  }
}
