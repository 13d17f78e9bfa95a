import { describe, expect, it } from 'vitest';
import { parseStoryboard, pictureAt } from '../src/watch/storyboard';

const TEXT = `WEBVTT

00:00:00.000 --> 00:00:05.000
storyboard/sheet-00000000-0123456789abcdef.jpg#xywh=0,96,160,90

NOTE nothing to see

00:00:09.500 --> 01:00:05.250
storyboard/00000003-0123456789abcdef.jpg#xywh=0,0,160,90
`;

describe('parseStoryboard', () => {
  it('cues_becomePictures_withAddressesRelativeToTheFile', () => {
    expect(parseStoryboard(TEXT, 'https://example.com/hls/x/t/token/storyboard.vtt')).toEqual([
      {
        startSeconds: 0,
        endSeconds: 5,
        url: 'https://example.com/hls/x/t/token/storyboard/sheet-00000000-0123456789abcdef.jpg',
        x: 0,
        y: 96,
        width: 160,
        height: 90,
      },
      {
        startSeconds: 9.5,
        endSeconds: 3605.25,
        url: 'https://example.com/hls/x/t/token/storyboard/00000003-0123456789abcdef.jpg',
        x: 0,
        y: 0,
        width: 160,
        height: 90,
      },
    ]);
  });

  it('anythingElse_isNoPicture', () => {
    expect(parseStoryboard('WEBVTT\n\n', 'https://example.com/')).toEqual([]);
    expect(parseStoryboard('00:00:00.000 --> 00:00:05.000\nhello\n', 'https://example.com/')).toEqual([]);
    expect(parseStoryboard('', 'https://example.com/')).toEqual([]);
  });
});

describe('pictureAt', () => {
  const pictures = parseStoryboard(TEXT, 'https://example.com/hls/x/storyboard.vtt');

  it('time_findsThePictureThatIsShownThen_andNoneInAGap', () => {
    expect(pictureAt(pictures, 0)?.y).toBe(96);
    expect(pictureAt(pictures, 4.999)?.y).toBe(96);
    expect(pictureAt(pictures, 5)).toBeNull();
    expect(pictureAt(pictures, 9.5)?.y).toBe(0);
    expect(pictureAt(pictures, 4000)).toBeNull();
    expect(pictureAt([], 1)).toBeNull();
  });
});
