package io.rostrum.transcode.broadcast;

import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.transcode.config.TranscodeConfig;
import io.rostrum.transcode.health.TranscodeMetrics;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.store.Spool;
import io.rostrum.transcode.store.Uploads;
import io.rostrum.transcode.storyboard.StoryboardRules;
import io.rostrum.transcode.timeline.TimelineArchive;
import io.rostrum.transcode.worker.RungHeaders;
import io.rostrum.transcode.worker.WorkerCommand;
import java.util.concurrent.Executor;

/**
 * What every broadcast of an owner loop works with.
 *
 * @param owner runs work in the owner loop's thread
 */
public record Services(
    TranscodeConfig config,
    LadderFactory ladders,
    WorkerCommand workerCommand,
    WorkerLimits workerLimits,
    RungHeaders rungHeaders,
    StoryboardRules storyboard,
    Uploads uploads,
    Spool spool,
    TimelineArchive archive,
    TranscodeMetrics metrics,
    Executor owner) {}
