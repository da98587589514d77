/** What a full stop behind it ends no sentence after, by language; without that stop. Those of one letter are found without a list. */
const LISTS: Readonly<Record<string, string>> = {
  en: 'Mr Mrs Ms Dr Prof St Sr Jr vs etc e.g i.e Inc Ltd Co Corp fig No p.m a.m U.S U.K approx Gen Col Lt Sgt Capt Rep Sen Gov Rev Hon Ave Blvd Mt Ft Dept est vol ed cf al Jan Feb Aug Sept Oct Nov Dec',
  de: 'z.B d.h u.a ca Dr Prof bzw usw Nr St Str Hr Fr Mio Mrd vgl ggf inkl exkl evtl max min Abs Art Tel bspw sog geb jährl Hrsg Ing Dipl',
  fr: 'M Mme MM Mlle Dr Pr Me etc h p ex av apr env éd St Ste Mgr cf vol fig n° no',
  es: 'Sr Sra Srta Dr Dra Ud Uds EE UU etc p.ej ej pág núm av avda D Da Prof Lic Ing aprox tel',
  it: 'sig sigra sig.ra dott dott.ssa prof prof.ssa ing avv ecc Sig Dott Prof Ing Avv pag es vol art',
  pt: 'Sr Sra Srta Dr Dra Av etc p.ex Prof Profa Eng pág núm tel aprox Exmo',
  nl: 'dhr mevr mw dr prof ir ing bijv bv enz o.a d.w.z m.b.t nr blz ca jl',
  ru: 'г т.д т.п т.е т.к ул им см стр руб тыс млн млрд др пр проф акад гг вв обл',
  uk: 'р т.д т.п вул ім див стор грн тис млн млрд проф акад обл',
  pl: 'dr prof mgr inż np itd itp tzn tj ul nr str godz ok pt św ks hab',
  cs: 'dr prof ing mgr např atd apod tzv tj ul č str hod sv p pí',
  sv: 't.ex bl.a dvs osv m.m ca kl nr st dr prof s.k',
  da: 'f.eks bl.a dvs osv m.m ca kl nr dr prof hr fr',
  tr: 'Dr Prof Doç Av vb vs örn bkz Sn Cad Sok Mah No',
};

const SETS = new Map(
  Object.entries(LISTS).map(([language, list]) => [language, new Set(list.toLowerCase().split(' '))]),
);

/** Whether a word, without its last full stop, is an abbreviation of the language; or of any, where it is not known. */
export function isAbbreviation(word: string, language: string | undefined): boolean {
  const found = SETS.get(language ?? '') ?? (language === undefined ? SETS.get('en') : undefined);
  return found?.has(word.toLowerCase()) ?? false;
}
