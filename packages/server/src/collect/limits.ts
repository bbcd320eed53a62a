/** What one request may weigh. All byte counts are of compact JSON in UTF-8. */
export const collectLimits = {
  /** Segment's limit for `POST /v1/batch`. */
  maxBatchBytes: 500 * 1024,
  /** Segment's limit for an event, also within a batch. */
  maxEventBytes: 32 * 1024,
  /** Segment's limit for a batch. */
  maxBatchEvents: 2_500,
  /**
   * The batch's `context` and `integrations` are copied into each event; without this a small body
   * could grow a hundredfold. 4 MB is eight full batches.
   */
  maxMergedBytes: 4 * 1024 * 1024,
  /** Objects and arrays within each other, the event itself counted. Real events stay under 8. */
  maxDepth: 20,
  /** Segment's limit. */
  maxMessageIdChars: 100,
  /** userId, anonymousId, previousId, groupId: room for an e-mail address (254) or any hash. */
  maxIdentifierChars: 255,
  /** Names of events, pages and screens; they become rows in every report. */
  maxNameChars: 200,
  /** utm values, click ids and keywords; longer ones are cut. The longest click ids have some 250. */
  maxTagChars: 500,
  /** Click ids and other advertising parameters kept of one address. */
  maxClickIds: 30,
  /** Longest tag of BCP 47 that is not private use. */
  maxLocaleChars: 35,
} as const;
