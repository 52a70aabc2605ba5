// Two soft notes, made on the spot: there is no file to load. When they are played is the notifier's.

const NOTES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.12 },
];
const LASTS_SECONDS = 0.35;
const LOUDNESS = 0.08;

let context = null;

/** Silent until the reader has touched the page once: before that, browsers allow no sound and complain. */
export function playCall() {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume().catch(() => {});
  for (const { hertz, at } of NOTES) play(hertz, context.currentTime + at);
}

function play(hertz, start) {
  const tone = new OscillatorNode(context, { type: "sine", frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + LASTS_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + LASTS_SECONDS);
}
