import type { Config } from '../../../config/config.ts';
import { brokenNews } from '../../../http/broken-words.ts';
import { heldNews } from '../../../http/held-words.ts';
import { untoldNews } from '../../../http/untold-words.ts';
import { unheldLanes } from '../../../http/waiting-lanes.ts';
import type { Archive } from '../../../model/inbox/archive.ts';
import { OWN_LANES } from '../../../model/inbox/lanes.ts';
import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import { span } from '../../../shared/time-words.ts';

/** Lanes in which something waits and that no worker holds, though one runs. With none at all, `worker` says so. */
export async function checkLanes(archive: Archive, config: Config, now: number): Promise<readonly Finding[]> {
  const heads = await archive.heads();
  const isServed = (lane: string) => OWN_LANES.includes(lane) || config.destinations.some(({ name }) => name === lane);
  const hasWorker = heads.some(({ owner }) => owner !== null);
  return unheldLanes(heads, now)
    .filter(({ lane }) => hasWorker || !isServed(lane))
    .map(({ lane, eventId, receivedAt }) => {
      const name = `lane ${lane}`;
      const detail = `event ${eventId} has waited ${span(Math.max(0, now - receivedAt))}, and no worker holds the lane`;
      return isServed(lane)
        ? fail(name, detail, 'Restart the worker: it may go by other settings than these.')
        : warn(name, detail, `No destination is named ${lane}: add it again, and what waits is sent.`);
    });
}

/** Destinations at which nothing can arrive until somebody does something. */
export async function checkBroken(archive: Archive, config: Config, invocation: string): Promise<readonly Finding[]> {
  const names = new Set(config.destinations.map(({ name }) => name));
  return brokenNews(await archive.heads(), invocation)
    .filter(({ lane }) => names.has(lane))
    .map(({ lane, news, command }) =>
      fail(`lane ${lane}`, news, `Once that is mended: ${command}. Nothing is lost: all of it waits.`),
    );
}

/** Destinations that a person paused: as they wished, until they say otherwise. */
export async function checkHeld(archive: Archive, config: Config, invocation: string): Promise<readonly Finding[]> {
  const names = new Set(config.destinations.map(({ name }) => name));
  return heldNews(await archive.heads(), invocation)
    .filter(({ lane }) => names.has(lane))
    .map(({ lane, news, command }) =>
      warn(`lane ${lane}`, news, `To send again: ${command}. Nothing is lost: all of it waits.`),
    );
}

/** What nobody got, though everything works now. */
export async function checkMessages(archive: Archive, invocation: string): Promise<readonly Finding[]> {
  const name = 'messages';
  const news = untoldNews(await archive.untold(), invocation);
  if (news.length === 0) return [ok(name, 'none was given up')];
  return news.map((each) =>
    warn(name, each.news, `Which: ${invocation} events --state ${each.fate}. Send again: ${each.command}`),
  );
}
