import type { Hour, Place, Subject, Weather } from './recipe.ts';

/**
 * Words that call something into the picture, as beginnings of words: `storm` finds `stormy`.
 * A trailing `$` wants the whole word. Other languages give their commonest words; where a script
 * does not part words, the characters may stand anywhere.
 */
type Lexicon<Name extends string> = Readonly<Record<Name, string>>;

export const PLACE_WORDS: Lexicon<Place> = {
  sea: 'sea$ seas ocean bay$ coast shore beach harbo harbour pier wave tide lighthouse sail ship$ ships boat island cliff mer$ meer$ océan playa mar$ море океан بحر समुद्र 海 波 港 바다 灯台 маяк منارة फ़ारो',
  market:
    'market bazaar stall festival fair$ carnival vendor marché markt$ mercado рынок سوق बाज़ार 市場 祭り 시장',
  city: 'city cities town$ street avenue skyline downtown rooftop traffic taxi alley neon urban metropolis skyscraper tower$ office$ detective stadt straße ville$ ciudad город улиц مدينة शहर 街 都市 城市 도시',
  forest: 'forest wood$ woods jungle pine grove trees wald$ bois$ forêt bosque лес$ лесу غابة जंगल 森 林 숲',
  mountain:
    'mountain peak summit alps hilltop climber valley glacier berg$ berge montagne montaña гор$ горы горах جبل पहाड़ 山 산',
  desert:
    'desert dune sand$ sands camel oasis sahara wüste désert desierto пустын صحراء रेगिस्तान 砂漠 沙漠 사막',
  river:
    'river stream$ lake creek waterfall pond canal brook fluss rivière río река реки озер نهر नदी 川 河 湖 강',
  road: 'road highway drive drives driving truck route journey car$ cars motorcycle bicycle path$ straße autobahn carretera дорог طريق सड़क 道路 길',
  room: 'room kitchen bedroom house inside window desk table studio library cafe café bar$ hallway interior hospital attic workshop lab$ laboratory classroom zimmer chambre habitación комнат окн غرفة कमरा 部屋 窓 房间 방',
  space:
    'space$ spaceship planet galaxy orbit astronaut moonbase asteroid cosmos cosmic mars$ nebula weltraum espace espacio космос فضاء अंतरिक्ष 宇宙 太空 우주',
  field:
    'field meadow farm grass garden hill prairie countryside village vineyard wheat park$ feld wiese champ campo поле деревн حقل खेत गाँव गांव 野原 草原 村 田 들판',
};

export const SUBJECT_WORDS: Lexicon<Subject> = {
  lighthouse: 'lighthouse leuchtturm phare$ faro$ маяк منارة 灯台 灯塔 등대 प्रकाशस्तंभ',
  letter:
    'letter$ letters envelope postcard note$ diary map$ page parchment brief$ lettre carta письм رسالة पत्र चिट्ठी 手紙 信 편지',
  lamp: 'lamp lantern candle torch flame$ lampe bougie farol лампа фонар مصباح दीपक दीया ランプ 灯り 灯籠 등불',
  clock: 'clock watch$ hourglass midnight uhr$ horloge reloj часы ساعة घड़ी 時計 钟 시계',
  cup: 'cup$ coffee tea$ mug glass drink soup tasse kaffee café$ taza кофе чай قهوة चाय お茶 珈琲 茶 커피',
  train: 'train locomotive railway station$ subway zug$ bahnhof tren$ поезд قطار ट्रेन रेल 列車 電車 火车 기차',
  ship: 'ship$ ships boat sail sailor vessel yacht ferry schiff bateau navire barco кораб лодк سفينة قارب नाव जहाज 船 舟 배',
  rocket:
    'rocket spaceship spacecraft shuttle launch rakete fusée cohete ракет صاروخ रॉकेट ロケット 火箭 로켓',
  balloon: 'balloon airship zeppelin ballon$ globo воздушн 気球 热气球',
  car: 'car$ cars taxi drive drives driving truck van$ bus$ auto$ voiture coche машин автомоб سيارة गाड़ी 車 汽车 자동차',
  horse: 'horse rider gallop pony stallion pferd cheval caballo лошад конь حصان घोड़ा 馬 马 말$',
  cat: 'cat$ cats kitten katze chat$ gato кошк кот$ قطة बिल्ली 猫 고양이',
  birds:
    'bird gull seagull crow$ crows dove swallow heron geese flock eagle vogel vögel oiseau pájaro птиц طيور طائر पक्षी चिड़िया 鳥 鸟 새$',
  fire: 'fire$ campfire bonfire blaze burning hearth feuer feu$ fuego огонь костёр نار आग 火 焚き火 불$',
  flower:
    'flower rose$ roses blossom sunflower tulip bloom petal blume fleur flor$ цвет$ цветок цветы زهرة फूल 花 桜 꽃',
  castle:
    'castle palace fortress kingdom ruins temple cathedral church schloss château castillo замок قصر किला मंदिर お城 城堡 神社 寺 성$',
  tree: 'tree oak willow orchard baum arbre árbol дерев شجرة पेड़ वृक्ष 木 樹 树 나무',
  house: 'house$ cottage cabin hut$ farmhouse village inn$ haus$ maison casa$ дом$ дома بيت घर 家 房子 집',
  crowd:
    'crowd people villagers dancers audience everyone soldiers children kids crew team menschen foule gente люди толп ناس भीड़ लोग बच्चे 人々 群衆 사람들',
  pair: 'couple lovers friends brothers sisters twins together two$ paar amis pareja друзья двое اثنان दोनों दोस्त 二人 恋人 친구',
  figure:
    'man$ woman he$ she$ her$ his$ him$ keeper girl boy child$ stranger detective figure person someone traveler traveller sailor hero dancer pilot painter writer scientist astronaut rider i$ mann frau mädchen homme femme fille hombre mujer niña женщин мужчин девочк мальчик он$ она$ رجل امرأة فتاة ولد आदमी औरत लड़की लड़का बूढ़ा वह 男 女 少女 少年 彼 彼女 老人 人 남자 여자 소녀',
};

export const HOUR_WORDS: Lexicon<Hour> = {
  night:
    'night midnight moon star$ stars starlit dark$ darkness nacht$ mond nuit$ lune noche luna ночь ночи ночью луна звёзд ليل قمر रात चाँद चांद 夜 月 星 밤',
  dusk: 'dusk sunset evening twilight golden sundown abend dämmerung soir crépuscule atardecer вечер закат غروب مساء शाम संध्या 夕 黄昏 夕暮れ 저녁',
  dawn: 'dawn sunrise morning daybreak first$ morgen aube aurore matin amanecer рассвет утро утром فجر صباح सुबह भोर 朝 夜明け 清晨 아침',
  day: 'noon day$ daylight sunny bright sun$ midday afternoon tag$ sonne jour$ soleil día sol$ день днём солнц نهار شمس दिन सूरज 昼 太陽 日 낮',
};

export const WEATHER_WORDS: Lexicon<Weather> = {
  rain: 'rain storm thunder downpour drizzle wet$ regen sturm pluie lluvia дожд гроз مطر बारिश वर्षा 雨 嵐 비$',
  snow: 'snow winter blizzard ice$ frozen frost schnee neige nieve снег зим ثلج बर्फ 雪 冬 눈$',
  fog: 'fog mist haze smoke nebel brouillard niebla туман ضباب कोहरा 霧 雾 안개',
  clear: 'clear$ sunny cloudless',
};

/** Names whose words are in the text, those named first in the text first. */
export function namesIn<Name extends string>(text: string, lexicon: Lexicon<Name>): Name[] {
  const lower = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')} `;
  const found = Object.entries<string>(lexicon).flatMap(([name, words]) => {
    const places = words
      .split(' ')
      .map((word) => position(lower, word))
      .filter((at) => at >= 0);
    return places.length > 0 ? [{ name: name as Name, at: Math.min(...places) }] : [];
  });
  return found.toSorted((a, b) => a.at - b.at).map(({ name }) => name);
}

/** Scripts that do not part words by spaces. */
const UNPARTED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

function position(text: string, word: string): number {
  const whole = word.endsWith('$');
  const stem = whole ? word.slice(0, -1) : word;
  if (UNPARTED.test(stem)) return text.indexOf(stem);
  return text.indexOf(whole ? ` ${stem} ` : ` ${stem}`);
}
