"""Words that the menus, buttons and labels of news pages are made of, in many languages.

A line of nothing else is more likely part of the page than of a story. Sections come first, then what a page offers
to do. Case is folded; words that stories begin their own headings with are left out.
"""

from __future__ import annotations

LABELS: frozenset[str] = frozenset(
    # English
    "home news latest sport sports football cricket tennis politics business economy finance markets money world"
    " international national local opinion editorial columns culture entertainment arts lifestyle life style travel"
    " food health science technology tech environment climate education video videos photos pictures gallery"
    " galleries podcasts podcast weather obituaries classifieds jobs cars motoring property magazine newsletters"
    " newsletter menu search share more next previous comments comment subscribe login register account profile"
    " settings contact about advertise privacy cookies terms sitemap accessibility archive archives tags topics"
    " trending popular recommended related follow save print email copy link facebook twitter instagram youtube"
    " whatsapp telegram linkedin pinterest reddit tiktok app apps rss copyright help faq careers crossword puzzles"
    " horoscopes tv radio live top most read watch listen"
    # German
    " startseite nachrichten schlagzeilen politik wirtschaft finanzen börse panorama kultur feuilleton wissen"
    " wissenschaft gesundheit reise reisen auto mobilität digital technik netzwelt sport fußball regional lokales"
    " meinung kommentare unterhaltung leute stil leben familie bildung karriere immobilien stellenmarkt anzeigen"
    " traueranzeigen wetter fotos bilder bildergalerie bilderstrecke videos mediathek suche menü anmelden abmelden"
    " registrieren abo abonnement abonnieren teilen merken drucken speichern kommentieren folgen weiterlesen"
    " impressum datenschutz datenschutzerklärung agb kontakt hilfe werbung mediadaten barrierefreiheit archiv themen"
    " rätsel spiele horoskop"
    # French
    " accueil actualité actualités politique économie société monde international france régions sport sports culture"
    " opinions débats idées santé sciences sciences planète environnement technologie high-tech voyages gastronomie"
    " styles immobilier emploi bourse météo vidéos vidéo photos diaporama podcasts newsletters recherche rechercher"
    " partager imprimer enregistrer commenter commentaires suivant précédent connexion inscription abonnement"
    " s'abonner abonnez-vous contact publicité confidentialité cgu cgv cookies archives rubriques sommaire nécrologie"
    " annonces horoscope jeux"
    # Spanish
    " portada inicio noticias política economía sociedad mundo internacional internacionales nacional nacionales"
    " españa deportes fútbol cultura opinión salud ciencia tecnología educación estilo viajes gastronomía gente"
    " televisión motor empleo vivienda vídeos vídeo fotos galería tiempo horóscopo buscar compartir imprimir guardar"
    " comentar comentarios siguiente anterior suscríbete suscribirse registrarse contacto publicidad privacidad"
    " hemeroteca etiquetas temas flecha síguenos"
    # Portuguese
    " início notícias últimas política economia mundo brasil esportes desporto futebol cultura opinião saúde ciência"
    " tecnologia educação famosos entretenimento viagem carros empregos imóveis vídeos fotos galeria tempo buscar"
    " pesquisar compartilhar partilhar imprimir salvar comentar comentários próximo anterior assine assinar cadastre-se"
    " entrar contato contacto publicidade privacidade arquivo"
    # Italian
    " notizie cronaca cronache politica economia esteri mondo italia sport calcio cultura spettacoli opinioni salute"
    " scienze scienza tecnologia motori viaggi cucina moda lavoro casa video foto meteo oroscopo cerca condividi stampa"
    " salva commenta commenti successivo precedente abbonati accedi registrati contatti pubblicità archivio funzionale"
    " statistiche preferenze"
    # Dutch
    " nieuws politiek economie binnenland buitenland wereld sport voetbal cultuur opinie gezondheid wetenschap tech"
    " reizen koken wonen werk vacatures weer foto's zoeken delen opslaan afdrukken reageren reacties volgende vorige"
    " inloggen aanmelden abonneren privacybeleid adverteren"
    # Scandinavian and Finnish
    " nyheter nyheder senaste seneste siste sport fotboll fodbold fotball politik politikk ekonomi økonomi kultur"
    " nöje underholdning åsikter meninger debatt debat ledare lokalt utrikes inrikes udland indland utenriks innenriks"
    " hälsa sundhed helse vetenskap videnskab teknik väder vejr vær sök søg søk dela del spara gem lagre skriv ut"
    " kommentera kommentarer logga log logg följ følg nästa næste neste prenumerera abonner kontakt annonser annoncer"
    " annonse integritetspolicy uutiset urheilu talous kulttuuri ulkomaat kotimaa mielipide sää jaa haku"
    # Polish, Czech
    " wiadomości kraj świat polska gospodarka biznes sport piłka kultura opinie zdrowie nauka technologia moto"
    " pogoda zdjęcia wideo szukaj udostępnij drukuj komentarze komentarz zaloguj zarejestruj prenumerata reklama"
    " regulamin archiwum zprávy domácí zahraničí ekonomika názory zdraví počasí hledat sdílet diskuse"
    # Turkish
    " anasayfa haberler haber gündem siyaset ekonomi finans dünya türkiye spor futbol basketbol kültür sanat magazin"
    " sağlık teknoloji bilim eğitim yaşam seyahat otomobil yazarlar analiz infografik fotoğraf video galeri podcast"
    " hava ara paylaş yazdır kaydet yorumlar yorum giriş üye abone künye iletişim reklam gizlilik arşiv politika"
    # Russian, Ukrainian
    " главная новости политика экономика бизнес общество мир россия спорт футбол культура мнения наука технологии"
    " здоровье авто погода фото видео поиск поделиться печать комментарии комментировать войти вход регистрация"
    " подписаться подписка реклама контакты архив теги головна новини економіка бізнес суспільство світ україна"
    " культура думки наука технології здоров'я погода відео пошук поділитися коментарі увійти реєстрація підписатися"
    # Arabic
    " الرئيسية أخبار الأخبار سياسة السياسة اقتصاد الاقتصاد رياضة الرياضة ثقافة الثقافة فن فنون منوعات صحة علوم"
    " تكنولوجيا العالم محليات رأي آراء فيديو صور بحث مشاركة شارك طباعة تعليقات التالي السابق اشترك إشترك تسجيل دخول"
    " اتصل إعلانات الطقس"
    # Hindi
    " होम समाचार खबर खबरें देश विदेश दुनिया राजनीति खेल क्रिकेट मनोरंजन बिजनेस लाइफस्टाइल टेक स्वास्थ्य शिक्षा राशिफल वीडियो फोटो"
    " शेयर ऐप"
    # Chinese, Japanese and Korean are cut in pairs of characters
    .split()
)
# Whole labels of scripts without spaces between words.
WIDE_LABELS: frozenset[str] = frozenset(
    "首页 首頁 新闻 新聞 国内 國內 国际 國際 财经 財經 体育 體育 娱乐 娛樂 科技 文化 社会 社會 军事 健康 教育 汽车 房产 视频 視頻 图片 图库 评论 評論"
    " 搜索 分享 登录 登錄 注册 註冊 打印 收藏 上一篇 下一篇 更多 返回顶部 联系我们 广告 滚动 专题 专栏"
    " ホーム トップ ニュース 国内 国際 政治 経済 社会 スポーツ エンタメ 芸能 文化 科学 ライフ 生活 動画 写真 検索 シェア ログイン 会員登録 次へ 前へ"
    " 次の記事 前の記事 関連記事 人気記事 新着記事 お問い合わせ 広告 もっと見る メニュー ブログ 続きを読む 一覧"
    " 홈 뉴스 전체뉴스 정치 경제 사회 국제 세계 문화 스포츠 연예 드라마 예능 영화 가요 음악 생활 건강 과학 칼럼 사설 오피니언 포토 동영상 검색 공유 로그인"
    " 회원가입 인쇄 인쇄하기 목록 이전 다음 댓글 더보기 광고 구독 고객센터 이용약관 개인정보처리방침 맨위로 도서".split()
)
