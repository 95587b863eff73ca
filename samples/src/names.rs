//! Names of invented people: Kazakh spelling, Russian spelling, Latin letters of the passport.
//!
//! The Latin column is data, not a rule: documents differ, and a reader's own
//! romanisation is to be measured against it, not to produce it.

/// A name as written in Kazakh, in Russian, and in Latin letters.
pub type Spelling = (&'static str, &'static str, &'static str);

/// Surnames of men; those in `-ОВ`, `-ЕВ`, `-ИН` take an `А` for women.
pub const KAZAKH_SURNAMES: &[Spelling] = &[
    ("ӘБДІРАХМАНОВ", "АБДРАХМАНОВ", "ABDIRAKHMANOV"),
    ("ЖҰМАБАЕВ", "ЖУМАБАЕВ", "ZHUMABAYEV"),
    ("НҰРПЕЙІСОВ", "НУРПЕИСОВ", "NURPEISSOV"),
    ("ҚАСЫМОВ", "КАСЫМОВ", "KASSYMOV"),
    ("ӨТЕГЕНОВ", "УТЕГЕНОВ", "OTEGENOV"),
    ("ТҮСІПОВ", "ТУСУПОВ", "TUSSIPOV"),
    ("СҮЛЕЙМЕНОВ", "СУЛЕЙМЕНОВ", "SULEIMENOV"),
    ("БЕКМҰХАМЕТОВ", "БЕКМУХАМЕТОВ", "BEKMUKHAMETOV"),
    ("ҒАББАСОВ", "ГАББАСОВ", "GABBASSOV"),
    ("МҰҚАНОВ", "МУКАНОВ", "MUKANOV"),
    ("ЫСҚАҚОВ", "ИСКАКОВ", "YSKAKOV"),
    ("САТЫБАЛДИЕВ", "САТЫБАЛДИЕВ", "SATYBALDIYEV"),
    ("ӘУБӘКІРОВ", "АУБАКИРОВ", "AUBAKIROV"),
    ("ДҮЙСЕНБІ", "ДУЙСЕНБИ", "DUISENBI"),
    ("ТІЛЕУБЕРГЕН", "ТЛЕУБЕРГЕН", "TILEUBERGEN"),
    ("ҚОҢЫРАТ", "КОНЫРАТ", "KONYRAT"),
    ("ҺАРИС", "ХАРИС", "KHARIS"),
    ("БАЙЖАН", "БАЙЖАН", "BAIZHAN"),
];

/// Surnames met among Kazakhstan's other peoples, mostly spelt alike in both languages.
pub const OTHER_SURNAMES: &[Spelling] = &[
    ("ПЕТРОВ", "ПЕТРОВ", "PETROV"),
    ("ЩЕРБАКОВ", "ЩЕРБАКОВ", "SHCHERBAKOV"),
    ("ИВАЩЕНКО", "ИВАЩЕНКО", "IVASHCHENKO"),
    ("ШМИДТ", "ШМИДТ", "SHMIDT"),
    ("КИМ", "КИМ", "KIM"),
    ("ЦОЙ", "ЦОЙ", "TSOY"),
    ("ЮСУПОВ", "ЮСУПОВ", "YUSSUPOV"),
    ("ХАМИТОВ", "ХАМИТОВ", "KHAMITOV"),
    ("ВОРОБЬЕВ", "ВОРОБЬЕВ", "VOROBYEV"),
    ("ЯКУШИН", "ЯКУШИН", "YAKUSHIN"),
];

/// Given names of men of the first group.
pub const KAZAKH_MEN: &[Spelling] = &[
    ("ӘЛІШЕР", "АЛИШЕР", "ALISHER"),
    ("НҰРЛАН", "НУРЛАН", "NURLAN"),
    ("ЕРЖАН", "ЕРЖАН", "YERZHAN"),
    ("БАУЫРЖАН", "БАУЫРЖАН", "BAUYRZHAN"),
    ("ҒАЛЫМ", "ГАЛЫМ", "GALYM"),
    ("ҚАЙРАТ", "КАЙРАТ", "KAIRAT"),
    ("ТӨЛЕГЕН", "ТУЛЕГЕН", "TOLEGEN"),
    ("ДӘУРЕН", "ДАУРЕН", "DAUREN"),
    ("ҰЛАН", "УЛАН", "ULAN"),
    ("ЖӘНІБЕК", "ЖАНИБЕК", "ZHANIBEK"),
    ("СҰҢҚАР", "СУНКАР", "SUNKAR"),
    ("ІЛИЯС", "ИЛЬЯС", "ILIYAS"),
    ("ТЕМІРЛАН", "ТЕМИРЛАН", "TEMIRLAN"),
];

/// Given names of women of the first group.
pub const KAZAKH_WOMEN: &[Spelling] = &[
    ("ӘСЕЛ", "АСЕЛЬ", "ASSEL"),
    ("АЙГҮЛ", "АЙГУЛЬ", "AIGUL"),
    ("ГҮЛНАР", "ГУЛЬНАР", "GULNAR"),
    ("ҚАРЛЫҒАШ", "КАРЛЫГАШ", "KARLYGASH"),
    ("МӨЛДІР", "МОЛДИР", "MOLDIR"),
    ("ҰЛЖАН", "УЛЖАН", "ULZHAN"),
    ("ІҢКӘР", "ИНКАР", "INKAR"),
    ("ТОҒЖАН", "ТОГЖАН", "TOGZHAN"),
    ("ДИНАРА", "ДИНАРА", "DINARA"),
    ("ЖАНСАЯ", "ЖАНСАЯ", "ZHANSAYA"),
    ("КҮНСҰЛУ", "КУНСУЛУ", "KUNSULU"),
];

/// Given names of men of the second group.
pub const OTHER_MEN: &[Spelling] = &[
    ("АЛЕКСАНДР", "АЛЕКСАНДР", "ALEXANDR"),
    ("СЕРГЕЙ", "СЕРГЕЙ", "SERGEY"),
    ("ВИКТОР", "ВИКТОР", "VIKTOR"),
    ("ТИМУР", "ТИМУР", "TIMUR"),
    ("ЮРИЙ", "ЮРИЙ", "YURIY"),
    ("ДМИТРИЙ", "ДМИТРИЙ", "DMITRIY"),
];

/// Given names of women of the second group.
pub const OTHER_WOMEN: &[Spelling] = &[
    ("ЕЛЕНА", "ЕЛЕНА", "YELENA"),
    ("ОЛЬГА", "ОЛЬГА", "OLGA"),
    ("НАТАЛЬЯ", "НАТАЛЬЯ", "NATALYA"),
    ("ЭЛЬВИРА", "ЭЛЬВИРА", "ELVIRA"),
    ("ЮЛИЯ", "ЮЛИЯ", "YULIYA"),
    ("АННА МАРИЯ", "АННА МАРИЯ", "ANNA MARIYA"),
];

/// Fathers of the first group: Kazakh stem, Russian stem.
pub const KAZAKH_FATHERS: &[(&str, &str)] = &[
    ("ЕРЛАН", "ЕРЛАН"),
    ("СЕРІК", "СЕРИК"),
    ("ҚАНАТ", "КАНАТ"),
    ("БОЛАТ", "БУЛАТ"),
    ("ҒАНИ", "ГАНИ"),
    ("НҰРҒАЛИ", "НУРГАЛИ"),
    ("ТӨРЕХАН", "ТУРЕХАН"),
    ("ӘМІРБЕК", "АМИРБЕК"),
    ("МҰРАТ", "МУРАТ"),
];

/// Patronymics of the second group: of a man, of a woman.
pub const OTHER_PATRONYMICS: &[(&str, &str)] = &[
    ("ИВАНОВИЧ", "ИВАНОВНА"),
    ("ПЕТРОВИЧ", "ПЕТРОВНА"),
    ("НИКОЛАЕВИЧ", "НИКОЛАЕВНА"),
    ("СЕРГЕЕВИЧ", "СЕРГЕЕВНА"),
    ("МАРАТОВИЧ", "МАРАТОВНА"),
];

/// Places of birth as the documents print them, and in Latin letters.
pub const PLACES: &[(&str, &str)] = &[
    ("АЛМАТЫ", "ALMATY"),
    ("АСТАНА", "ASTANA"),
    ("ҚАРАҒАНДЫ", "KARAGANDY"),
    ("ШЫМКЕНТ", "SHYMKENT"),
    ("АҚТӨБЕ", "AKTOBE"),
    ("ӨСКЕМЕН", "OSKEMEN"),
    ("ҚЫЗЫЛОРДА", "KYZYLORDA"),
    ("ТҮРКІСТАН", "TURKISTAN"),
    ("КӨКШЕТАУ", "KOKSHETAU"),
    ("ПАВЛОДАР", "PAVLODAR"),
    ("СЕМЕЙ", "SEMEY"),
    ("ТАЛДЫҚОРҒАН", "TALDYKORGAN"),
    ("АЛМАТЫ ОБЛЫСЫ", "ALMATY OBLYSY"),
];

/// Nationalities (ethnic) as the back of the identity card prints them: first group, second group.
pub const KAZAKH_NATIONALITIES: &[&str] = &["ҚАЗАҚ", "ҚАЗАҚ/КАЗАХ"];
/// Nationalities of the second group.
pub const OTHER_NATIONALITIES: &[&str] = &[
    "ОРЫС",
    "УКРАИН",
    "ТАТАР",
    "КӘРІС",
    "НЕМІС",
    "ҰЙҒЫР",
    "ӨЗБЕК",
];
