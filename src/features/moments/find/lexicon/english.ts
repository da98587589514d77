import { stemmer } from '@orama/stemmers/english';
import type { Lexicon } from './lexicon.ts';

export const english: Lexicon = {
  stem: stemmer,
  functionWords: `a, about, above, after, again, against, all, also, am, an, and, any, are, aren't, as, at, be,
    because, been, before, being, below, between, both, but, by, can, can't, could, did, didn't, do, does, doesn't,
    doing, don't, down, during, each, else, even, ever, every, few, for, from, further, get, gets, getting, go, goes,
    going, got, had, has, have, having, he, he's, her, here, hers, herself, him, himself, his, how, i, i'd, i'll, i'm,
    i've, if, in, into, is, isn't, it, it's, its, itself, just, let, let's, like, make, makes, many, may, me, might,
    more, most, much, must, my, myself, no, nor, not, now, of, off, okay, on, once, one, only, or, other, our, ours,
    ourselves, out, over, own, put, said, same, say, says, she, she's, should, so, some, still, such, than, that,
    that's, the, their, theirs, them, themselves, then, there, there's, these, they, they're, this, those, through,
    to, too, two, under, until, up, us, very, was, wasn't, we, we're, we've, well, were, what, when, where, which,
    while, who, whom, why, will, with, won't, would, yes, yet, you, you're, you've, your, yours, yourself,
    yourselves`,
  questions: `why, how, what if, what is, what are, what do, what does, what did, who, when do, when did, where do,
    where did, have you, do you, did you, can you, could you, would you, are you, is it, is there, are there, which`,
  claims: `here is, here's, let me tell you, the truth, the fact is, i promise, listen, imagine, picture this, believe
    me, guess what, turns out, turned out, it turns out, the only, the one thing, the best, the worst, the biggest,
    the most, the least, the hardest, the greatest, the first time, the last time, secret, mistake, the problem, the
    trick, the reason, lesson, myth, lie, lied, wrong, the answer, never, nobody, no one, nothing, everybody,
    everyone, everything, always, impossible, forever, finally, suddenly, surprisingly, crazy, insane, incredible,
    unbelievable, shocking, changed my life, changed everything, nobody tells you, more than any, half of, all of
    them, not one, not a single, real reason, most people, people think, everyone thinks, what nobody, instead of,
    stop, dangerous, ruin, destroy, die, died, dead, kill, killed, save, saved, win, won, lost, free, afraid, brave`,
  conclusions: `that's why, that is why, this is why, the point is, the lesson, in the end, remember, i learned, we
    learned, i realized, i realised, i understood, i believe, ever since, since then, never again, that's when, that
    was when, the next time, from that day, from then on, the moral, so no, which means, it means, and that
    is, and that's, not because, it is not, it's not, isn't about, is not about, what matters, all you need, if you
    want, if you only`,
  story: `one day, one night, one morning, once, years ago, months ago, weeks ago, days ago, years later, a year
    later, weeks later, months later, the next day, the next morning, that night, that day, that morning, last year,
    last week, last summer, last winter, when i was, when we were, i was a, i was in, i remember, i'll never forget,
    the first time, the day i, the moment i, the first thing, all of a sudden, suddenly, at that moment, overnight,
    as a child, my father, my mother, my brother, my sister, my boss, my friend, my son, my daughter, my
    wife, my husband`,
  narration: `was, were, had, said, told, asked, answered, thought, knew, felt, saw, heard, looked, came, went, ran,
    walked, sat, stood, took, gave, got, made, found, lost, left, met, called, wrote, read, broke, fell, fought, held,
    kept, learned, realized, realised, decided, started, began, stopped, tried, wanted, needed, opened, closed,
    turned, cried, laughed, shouted, screamed, smiled, died, bought, sold, built, drove, flew, ate, drank, slept,
    woke, caught, threw, hit, cut, hid, won, happened, became, grew, brought, believed, expected, didn't, wasn't,
    couldn't`,
  narrationEndings: null,
  feelings: `love, hate, fear, afraid, scare, terrify, panic, cry, tear, laugh, smile, joy, happy, sad, grief, angry,
    furious, rage, mad, shame, ashamed, guilt, embarrass, proud, pride, lonely, alone, hope, hopeless, despair,
    desperate, hurt, pain, suffer, break, heart, die, death, dead, kill, war, lose, fail, failure, win, dream,
    nightmare, miracle, beautiful, ugly, horrible, terrible, awful, wonderful, amazing, incredible, disaster, danger,
    brave, courage, shock, surprise, shout, scream, fight, enemy, betray, trust, forgive, regret, miss, worry, stress,
    funny, ridiculous, stupid, idiot, crazy, insane, disgust, jealous, sick, cancer, hospital, alive, survive, rescue,
    ruin, destroy, explode, fire, blood, steal, lie, cheat, free, poor, rich, hungry, cold, dark, strange, rude,
    cruel, kind, excite, thrill, bore, tire, exhaust, quit, dare, risk, lucky, curse, kiss, marry, divorce, baby`,
  numbers: `three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen,
    seventeen, eighteen, nineteen, twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety, hundred, hundreds,
    thousand, thousands, million, millions, billion, billions, trillion, percent, half, third, tenth, double, twice,
    triple, dozen, times`,
  numberEndings: null,
  persons: `i, i'm, i've, i'd, i'll, me, my, mine, myself, you, you're, you've, you'll, your, yours, yourself, we,
    we're, we've, us, our, ours`,
  frame: `agenda, slide, slides, handout, next slide, last slide, as you can see, housekeeping, schedule, programme,
    program for, welcome, good morning, good afternoon, good evening, hello, hi everyone, hi everybody, thank you,
    thanks, thank, for having me, my name is, can you hear, can everyone hear, is this on, microphone, mute, unmute,
    screen, projector, can you see, coffee break, lunch break, short break, the break, lunch, questions at the end,
    any questions, question and answer, time for questions, running out of time, out of time, over time, over the
    time, sign up, register, registration, subscribe, subscription, like button, the bell, channel, follow us, follow
    me, link, description, newsletter, sponsor, sponsored, sponsors, supported by, brought to you by, discount, promo,
    the code, promo code, coupon, special offer, free trial, raffle, giveaway, booth, website, web site, email,
    e-mail, contact, feedback, survey, form, appendix, table, column, columns, the row, rows, chart, on page, next
    page, the minutes, meeting, before we start, before i start, let me just, moving on, move on, i will go through, i
    will show, i will say, i'm going to talk, i am going to talk, going to talk about, talk about, we will cover,
    first i will, as i said, as i mentioned, as mentioned, mentioned, i will skip, skip, get back to, next week,
    deadline, download, upload, one moment, bear with me`,
  fillers: `um, uh, erm, er, hmm, you know, i mean, sort of, kind of, more or less, i guess, i suppose, i think,
    anyway, basically, actually, or something, and so on, and so forth, et cetera, and things like that,
    that kind of thing, that sort of thing, whatever, somehow, somewhat, a little bit, a bit, quite, possibly,
    perhaps, probably, maybe, in terms of, with regard to, with respect to, regarding, in particular, in general, in
    some cases, mostly, depends, similar, respectively, so-called, again, already, and then there is, and then there
    are, okay, right, alright, so yes, where was i, let me see, let's see`,
  leansBack: `and, but, or, because, which, it, he, she, they, that, this, these, those, then, also, there, therefore,
    however, him, her, them, his, its, their`,
  namesHaveCapitals: true,
};
