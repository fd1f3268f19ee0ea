-- Words that were aliases of a wider niche although they mean something of their own: who photographs and photography, a café
-- and coffee, vodka and whisky. Each becomes a niche, with the aliases and hashtags that mean it. Whoever looks for the wider
-- one still finds them, since what lies below serves at 0.9; whoever looks for the narrow one no longer gets all of the wide.
-- An installation may have changed its taxonomy meanwhile: a slug that is taken is left out, and only words move that still
-- mean the niche they are taken from. Creators and briefs keep the niches that they have.
create table finer_niche (slug text, parent text, source text, name text, description text, words text);
insert into finer_niche values
    ('artists', 'fine-art', 'fine-art', 'Artists', 'People who make art, and their work',
        'artist, künstler, artista, artiste, umjetnik, artistsoninstagram, modernartist'),
    ('photographers', 'photography', 'photography', 'Photographers', 'People who photograph for others',
        'photographer, fotograf, fotógrafo, photographe'),
    ('fashion-stylists', 'fashion', 'fashion', 'Fashion stylists', 'Styling people for pictures and occasions', 'stylist'),
    ('fashion-design', 'fashion', 'fashion', 'Fashion design', 'Designing clothes', 'fashion designer'),
    ('personal-training', 'fitness-and-exercise', 'fitness-and-exercise', 'Personal training', 'Trainers and their clients',
        'trainer, personal trainer, fitness coach, fitnesstrainer'),
    ('live-music', 'music', 'music', 'Live music', 'Performers, concerts, tours', 'performer, concert, concerts'),
    ('songwriting', 'music', 'music', 'Songwriting', 'Writing and composing music', 'songwriter, composer, singersongwriter'),
    ('blogging', 'lifestyle', 'lifestyle', 'Blogging', 'Writing a blog', 'blogger'),
    ('influencer-life', 'lifestyle', 'lifestyle', 'Influencer life', 'Being an influencer', 'influencer'),
    ('cafes', 'coffee', 'coffee', 'Cafés', 'Cafés and coffee shops', 'café, coffee shop'),
    ('eye-makeup', 'makeup-and-accessories', 'makeup-and-accessories', 'Eye make-up', 'Eyeshadow, eyeliner and looks with them',
        'eyeshadow, eyeliner, eyeshadowlook'),
    ('lip-makeup', 'makeup-and-accessories', 'makeup-and-accessories', 'Lip make-up', 'Lipstick and gloss', 'lipstick, lipsticklover'),
    ('filmmaking', 'video-production', 'video-production', 'Filmmaking', 'Making films: directing, camera',
        'filmmaker, film director, cinematographer, cinematography, filmmakers, filmmakinglife, cinematographers'),
    ('acting', 'movies', 'movies', 'Acting', 'Actors and their work',
        'actor, actress, actors, schauspieler, schauspielerin, acteur, actrice, attore, attrice, ator, atriz, glumac, glumica, actorslife, actorlife'),
    ('resorts', 'hotels-and-motels', 'hotels-and-motels', 'Resorts', 'Holiday resorts', 'resort'),
    ('necklaces', 'jewelry', 'jewelry', 'Necklaces', 'Chains and pendants', 'necklace'),
    ('bracelets', 'jewelry', 'jewelry', 'Bracelets', 'Bangles and bracelets', 'bracelet'),
    ('earrings', 'jewelry', 'jewelry', 'Earrings', 'Studs and hoops', ''),
    ('sparkling-wine', 'wine', 'wine', 'Champagne and sparkling wine', 'Champagne, prosecco, cava', 'champagne, prosecco'),
    ('vodka', 'alcoholic-beverages', 'whisky', 'Vodka', 'Vodka and what is mixed with it', ''),
    ('tequila', 'alcoholic-beverages', 'whisky', 'Tequila', 'Tequila and mezcal', ''),
    ('gin', 'alcoholic-beverages', 'whisky', 'Gin', 'Gin and gin and tonic', 'gintonic, ginlovers'),
    ('rum', 'alcoholic-beverages', 'whisky', 'Rum', 'Rum', ''),
    ('baking', 'desserts-and-baking', 'desserts-and-baking', 'Baking', 'Bread, cakes, and who bakes them',
        'bake, baker, bakery, backen, bakingfromscratch, bakersofinstagram, homebaker, bakinglove, instabake, bakingtherapy'),
    ('recipes', 'cooking', 'cooking', 'Recipes', 'Dishes to cook at home',
        'recipe, rezepte, rezept, recetas, recettes, ricette, receitas, recepti'),
    ('journalism', 'politics', 'politics', 'Journalism', 'News, and who reports them',
        'news, nachrichten, noticias, vijesti, journalist, breakingnews'),
    ('soft-drinks', 'non-alcoholic-beverages', 'non-alcoholic-beverages', 'Soft drinks', 'Sodas and lemonades', 'soda');

-- The key is NicheTree.key(word), as in V023; a slug's is the slug without hyphens.
alter table finer_niche add key text;
update finer_niche set key = replace(slug, '-', '');

delete from finer_niche f
 where exists (select from niche n where n.slug = f.slug)
    or not exists (select from niche n where n.slug = f.parent)
    or not exists (select from niche n where n.slug = f.source)
    or exists (select from niche_alias a join niche n on n.id = a.niche_id where a.key = f.key and n.slug <> f.source);

insert into niche (id, slug, parent_id, name, description)
select (select last_id from niche_tree) + row_number() over (order by f.slug), f.slug, p.id, f.name, f.description
  from finer_niche f join niche p on p.slug = f.parent;

-- The slug says it from now on.
delete from niche_alias a using finer_niche f where a.key = f.key;

update niche_alias a
   set niche_id = n.id
  from finer_niche f
  join niche n on n.slug = f.slug
  join niche s on s.slug = f.source
 cross join lateral string_to_table(f.words, ', ') as w (word)
 where a.word = w.word and a.niche_id = s.id;

update niche_alias a
   set niche_id = l.id
  from niche l, niche o, finer_niche f
 where f.slug = 'live-music' and l.slug = f.slug and o.slug = 'music-festivals' and a.niche_id = o.id and a.word = 'concert tour';

insert into niche_relation (low_id, high_id, strength)
select least(a.id, b.id), greatest(a.id, b.id), 0.5
  from finer_niche f join niche a on a.slug = f.slug join niche b on b.slug = 'music-festivals'
 where f.slug = 'live-music';

update niche
   set version = version + 1
 where slug in (select source from finer_niche) or slug = 'music-festivals' and exists (select from finer_niche where slug = 'live-music');

update niche_tree set version = version + 1, last_id = (select max(id) from niche);
drop table finer_niche;
