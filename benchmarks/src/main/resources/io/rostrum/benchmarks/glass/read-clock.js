// Reads the clock strip from the frames that the watch page shows, some times a second, and counts what disturbs a viewer.
// window.glass is what the benchmark asks for. Filled in by the benchmark: ORIGIN_MS, BITS, BLOCK, WIDTH, HEIGHT.
(() => {
  const EVERY_MS = 200;
  const PIXELS = 4;
  const { video, hls } = window.rostrum;
  const canvas = document.createElement('canvas');
  canvas.width = BITS * PIXELS;
  canvas.height = 2 * PIXELS;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const glass = { ages: [], unreadable: 0, stalls: [], stalledMs: 0, targets: [], latencies: [], heights: {} };
  const ends = { audio: 0, video: 0 };
  let last = 0;
  let waitingSince = 0;
  let lastPlaylist = performance.now();
  let lastTick = performance.now();
  let longestPauseMs = 0;

  const bit = (pixels, column, row) => {
    const x = column * PIXELS + PIXELS / 2;
    const y = row * PIXELS + PIXELS / 2;
    return pixels[4 * (y * canvas.width + x)] > 127 ? 1 : 0;
  };

  const clock = () => {
    const width = (video.videoWidth * BITS * BLOCK) / WIDTH;
    const height = (video.videoHeight * 2 * BLOCK) / HEIGHT;
    context.drawImage(video, 0, 0, width, height, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
    let value = 0;
    for (let column = 0; column < BITS; column++) {
      const upper = bit(pixels, column, 0);
      if (upper === bit(pixels, column, 1)) return null;
      value = value * 2 + upper;
    }
    return value;
  };

  const frame = (now, metadata) => {
    video.requestVideoFrameCallback(frame);
    if (now - last < EVERY_MS) return;
    last = now;
    const shown = clock();
    if (shown === null) {
      glass.unreadable++;
      return;
    }
    const displayed = performance.timeOrigin + metadata.expectedDisplayTime - ORIGIN_MS;
    glass.ages.push(Math.round(displayed - shown));
    glass.latencies.push(hls.latency);
    glass.targets.push(hls.targetLatency);
    glass.heights[video.videoHeight] = (glass.heights[video.videoHeight] ?? 0) + 1;
  };

  // What tells a stall's cause: media that was not there, a playlist that did not come, or a page that did not run.
  hls.on('hlsBufferAppended', (_, { timeRanges }) => {
    for (const type of ['audio', 'video']) {
      const ranges = timeRanges[type];
      if (ranges?.length) ends[type] = ranges.end(ranges.length - 1);
    }
  });
  hls.on('hlsLevelUpdated', (_, { details }) => {
    if (details.advanced) lastPlaylist = performance.now();
  });
  setInterval(() => {
    const now = performance.now();
    longestPauseMs = Math.max(0.8 * longestPauseMs, now - lastTick - 50);
    lastTick = now;
  }, 50);
  const ahead = (end) => Number((end - video.currentTime).toFixed(2));

  video.addEventListener('waiting', () => {
    waitingSince = performance.now();
    glass.stalls.push({
      second: Math.round(video.currentTime),
      pictures: ahead(ends.video),
      sound: ahead(ends.audio),
      playlist: ahead(hls.latestLevelDetails.edge),
      playlistAgeMs: Math.round(waitingSince - lastPlaylist),
      pageStoodStillMs: Math.round(Math.max(longestPauseMs, waitingSince - lastTick - 50)),
    });
  });
  video.addEventListener('playing', () => {
    if (waitingSince) glass.stalledMs += performance.now() - waitingSince;
    waitingSince = 0;
  });
  video.requestVideoFrameCallback(frame);
  glass.dropped = () => video.getVideoPlaybackQuality().droppedVideoFrames;
  window.glass = glass;
  return true;
})()
