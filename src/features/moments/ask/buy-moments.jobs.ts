/** The step that asks a model which parts of a talk are worth posting, for money. */
import { z } from 'zod';
import { DomainError } from '../../../core/errors.ts';
import type { MomentQuestion, PipelineRun } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { throughOutages } from '../../../platform/database/outage.ts';
import { type Receipt, receiptOf } from '../../../providers/price.ts';
import { requireCapability } from '../../../providers/registry.ts';
import { type Intent, isFree, type Purchase, settle } from '../../budget/reservation.ts';
import { spend } from '../../budget/spend.ts';
import { refuseModels } from '../../runs/engine/ask-models.ts';
import { reserve } from '../../runs/engine/reserve.ts';
import { setAside } from '../../runs/engine/set-aside.ts';
import { settleCall } from '../../runs/engine/settle-call.ts';
import { defineStep, type WorkCtx } from '../../runs/engine/step.ts';
import { subjectOf } from '../../runs/run-subject.ts';
import { warn } from '../../runs/run.ts';
import { type Before, type Question, requestOf } from './question.ts';
import { CHOOSER, chosenColumns, sentencesOf, type StoredChoices } from './question-rows.ts';
import { type ChoiceReading, readChoices } from './read-choices.ts';

const questionInput = z.object({ questionId: z.uuid() });
type QuestionInput = z.infer<typeof questionInput>;

/** Answers that are paid for one question. */
const MAX_TRIES = 3;

/** Seconds a model has to answer; ours, several times what a long talk takes. */
const ASK_LIMIT_SECONDS = 180;

/** `tried` counts the answers that were paid for and of no use. */
type Prepared = {
  run: PipelineRun;
  row: MomentQuestion;
  question: Question;
  purchase: Purchase;
  tried: number;
};
type Usable = Extract<ChoiceReading, { choices: unknown }>;
type Answer = { row: MomentQuestion; purchase: Purchase; receipt: Receipt; chosen: StoredChoices };

/** What the ledger calls the purchases of a question. */
export const questionSubject = (questionId: string): string => `moments:${questionId}`;

/** Of an answer that was paid for before its step was begun anew: it may have been cut off. */
const PERHAPS_CUT: Before = { problem: 'It could not be read.', wasCut: true };

/** Asks one question, again and less freely while the answer does not hold, and keeps what was chosen. */
export const buyMomentsStep = defineStep<QuestionInput, Prepared, Answer>({
  name: 'buy-moments',
  input: questionInput,
  key: ({ questionId }) => questionSubject(questionId),
  retryPolicy: { limit: 3, delaySeconds: 1 },

  buys: {
    call: 'MOMENTS',
    async ask() {
      const standing = await requireCapability(CHOOSER, 'MOMENTS').askForModel?.();
      refuseModels(standing ? [standing] : []);
    },
    isFree: ({ purchase }) => isFree(purchase),
    acceptLate: (tx, ctx, run, _prepared, answer) => keep(tx, ctx, run, answer),
    bill: (tx, ctx, run, _input, { purchase, receipt }) =>
      settleCall(tx, ctx, run, 'MOMENTS', purchase, receipt),
  },

  async begin(tx, _ctx, run, { questionId }) {
    const row = await tx.momentQuestion.findUnique({ where: { id: questionId } });
    if (row?.status !== 'PENDING') return null;
    const question = await questionOf(tx, row, subjectOf(run).id);
    const tried = await tx.ledgerEntry.count({
      where: { subject: questionSubject(questionId), runId: run.id, kind: 'SETTLE' },
    });
    if (tried >= MAX_TRIES) throw unusable(MAX_TRIES, 'none could be kept.');
    const purchase = await reserve(tx, run, intentOf(row, question, tried, tried > 0 ? PERHAPS_CUT : null));
    return { run, row, question, purchase, tried };
  },

  work: ask,

  finish: (tx, ctx, run, _input, answer) => keep(tx, ctx, run, answer),

  async fail(tx, _ctx, _run, { questionId }, { code, message }) {
    await tx.momentQuestion.updateMany({
      where: { id: questionId, status: 'PENDING' },
      data: { status: 'FAILED', errorCode: code, errorMessage: message },
    });
  },
});

async function ask(
  ctx: WorkCtx,
  { run, row, question, purchase: first, tried }: Prepared,
  signal: AbortSignal,
): Promise<Answer> {
  const chooser = requireCapability(CHOOSER, 'MOMENTS');
  let best: Usable | null = null;
  let before = tried > 0 ? PERHAPS_CUT : null;
  for (let attempt = tried, purchase = first; ; attempt += 1) {
    const request = requestOf(question, attempt, before);
    const told = await spend(ctx, { purchase, signal, limitSeconds: ASK_LIMIT_SECONDS }, (pay) =>
      pay((reservation, options) => chooser.call(request, reservation, options)),
    );
    const receipt = receiptOf(told);
    const reading = readCut(readChoices(told.answer, fittingOf(question)), told.cut);
    // One that is cut off with all the room there is would be so again.
    const isLast = attempt + 1 >= MAX_TRIES || (told.cut !== null && before?.wasCut === true);
    if ('choices' in reading && (!best || reading.choices.length >= best.choices.length)) best = reading;
    if (best && (best.isWhole || isLast)) {
      const { choices, changes } = best;
      return { row, purchase, receipt, chosen: { choices, changes, chosenBy: chooser.model.name } };
    }
    // Of no use, or of less than was asked for; but paid for.
    await throughOutages(() => ctx.db.$transaction((tx) => settle(tx, ctx.actor, purchase, receipt)));
    const problem = 'problem' in reading ? reading.problem : reading.changes.join(' ');
    if (isLast) throw unusable(attempt + 1, problem);
    signal.throwIfAborted();
    before = { problem, wasCut: told.cut !== null || before?.wasCut === true };
    const next = intentOf(row, question, attempt + 1, before);
    purchase = await setAside(ctx, run.id, (tx) => reserve(tx, run, next));
  }
}

const unusable = (tries: number, problem: string): DomainError =>
  new DomainError('PROVIDER_FAILED', `The model chose no usable moments in ${tries} tries: ${problem}`);

async function questionOf(tx: Tx, row: MomentQuestion, videoId: string): Promise<Question> {
  const config = await tx.generationConfig.findUniqueOrThrow({
    where: { id: row.configId },
    include: { prompt: true },
  });
  const all = await tx.momentQuestion.count({ where: { runId: row.runId, configId: row.configId } });
  const sentences = await sentencesOf(tx, videoId);
  const refined = row.momentId === null ? null : await rangeOf(tx, row.momentId, sentences);
  const range = { first: row.firstSentence, last: row.lastSentence };
  const seconds = (sentences[range.last]?.endSeconds ?? 0) - (sentences[range.first]?.startSeconds ?? 0);
  const room = Math.max(1, Math.floor(seconds / config.minMomentLength));
  const share = Math.ceil(config.minMoments / (refined ? config.minMoments : all));
  return { config, sentences, range, refined, least: Math.min(room, Math.max(1, share)) };
}

/** The sentences of a moment: those whose middle lies in it. */
async function rangeOf(tx: Tx, momentId: string, sentences: Question['sentences']) {
  const { startTime, endTime } = await tx.moment.findUniqueOrThrow({ where: { id: momentId } });
  const held = sentences.flatMap(({ startSeconds, endSeconds }, index) => {
    const middle = (startSeconds + endSeconds) / 2;
    return middle >= startTime && middle <= endTime ? [index] : [];
  });
  const first = held[0] ?? 0;
  return { first, last: held.at(-1) ?? first };
}

const fittingOf = ({ config, sentences, range, refined, least }: Question) => ({
  sentences,
  range,
  minSeconds: config.minMomentLength,
  maxSeconds: config.maxMomentLength,
  least: refined ? 1 : least,
  most: refined ? 1 : config.maxMoments,
});

/** What an answer comes to that ended before its time: never whole. */
function readCut(reading: ChoiceReading, cut: string | null): ChoiceReading {
  if (cut === null) return reading;
  if ('problem' in reading) return { problem: cut };
  return { ...reading, isWhole: false, changes: [...reading.changes, cut] };
}

const intentOf = (
  { id }: Pick<MomentQuestion, 'id'>,
  question: Question,
  attempt: number,
  before: Before | null,
): Intent => ({
  provider: CHOOSER,
  call: 'MOMENTS',
  quote: requireCapability(CHOOSER, 'MOMENTS').quote(requestOf(question, attempt, before)),
  subject: questionSubject(id),
});

/** Books it, and keeps what was chosen unless that was done before or the question is gone. */
async function keep(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { row, purchase, receipt, chosen }: Answer,
): Promise<void> {
  await settleCall(tx, ctx, run, 'MOMENTS', purchase, receipt);
  const { count } = await tx.momentQuestion.updateMany({
    where: { id: row.id, status: { not: 'ANSWERED' } },
    data: chosenColumns(chosen),
  });
  if (count === 0) return;
  for (const change of chosen.changes) await warn(tx, ctx.actor, run, change, { configId: row.configId });
}
