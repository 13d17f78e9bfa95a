package io.rostrum.playback.access;

/** What a request may do. */
public enum Verdict {
  /** Watch. */
  ADMITTED,
  /** It has no valid token, and needs one: 401. */
  NO_TOKEN,
  /** Its token is for another broadcast: 403. */
  OTHER_BROADCAST,
  /** Its token is valid, and the audience does not include the viewer: 403. */
  NOT_IN_AUDIENCE
}
