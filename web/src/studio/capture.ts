/** What a presenter can show. */
export type Source = 'camera' | 'screen';

export interface Devices {
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
}

const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

/** Opens camera and microphone, or a screen with the microphone on top. Empty ids take what the system prefers. */
export async function capture(source: Source, cameraId: string, microphoneId: string): Promise<MediaStream> {
  const audio: MediaTrackConstraints = microphoneId ? { deviceId: { exact: microphoneId } } : {};
  if (source === 'camera') {
    const video = cameraId ? { ...SIZE, deviceId: { exact: cameraId } } : SIZE;
    return navigator.mediaDevices.getUserMedia({ video, audio });
  }
  const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 30 } }, audio: true });
  if (screen.getAudioTracks().length === 0) {
    // A screen without sound gets the presenter's voice; refusing the microphone is no reason not to share.
    const voice = await navigator.mediaDevices.getUserMedia({ audio }).catch(() => null);
    for (const track of voice?.getAudioTracks() ?? []) screen.addTrack(track);
  }
  return screen;
}

/** What can be chosen; names are there once permission was given. */
export async function devices(): Promise<Devices> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return {
    cameras: all.filter((device) => device.kind === 'videoinput'),
    microphones: all.filter((device) => device.kind === 'audioinput'),
  };
}

/** Why capturing failed, and what to do. */
export function explainCapture(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
      return 'The browser was not allowed to use it. Allow camera and microphone beside the address, then try again.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'No such camera or microphone was found. Plug it in, or choose another.';
    case 'NotReadableError':
      return 'Another program uses the camera or microphone. Close it, then try again.';
    default:
      return 'Camera or microphone could not be opened. Try again, or choose another.';
  }
}

/** Loudness of a stream's sound, 0 to 1, told about ten times a second. Returns what stops it. */
export function meterLevel(stream: MediaStream, show: (level: number) => void): () => void {
  if (stream.getAudioTracks().length === 0) return () => {};
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = window.setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    show(levelOf(power));
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** Mean power as 0 to 1 on a scale of 60 dB, as loudness is heard. */
export function levelOf(power: number): number {
  const decibels = 10 * Math.log10(Math.max(power, 1e-12));
  return Math.min(1, Math.max(0, 1 + decibels / 60));
}
