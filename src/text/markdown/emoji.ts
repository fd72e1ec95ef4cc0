/**
 * The usual ones of GitHub's emoji codes (https://github.com/github/gemoji): of commits, releases, reviews and reactions. Others
 * stay as they are written.
 */
const TABLE = `
+1 👍 -1 👎 100 💯 adhesive_bandage 🩹 alarm_clock ⏰ alembic ⚗️ alien 👽 ambulance 🚑 anchor ⚓ angry 😠 apple 🍎 arrow_down ⬇️
arrow_heading_down ⤵️ arrow_heading_up ⤴️ arrow_left ⬅️ arrow_right ➡️ arrow_up ⬆️ arrows_counterclockwise 🔄 art 🎨 astonished 😲
ballot_box_with_check ☑️ bangbang ‼️ bar_chart 📊 bathtub 🛁 battery 🔋 beer 🍺 beers 🍻 beetle 🪲 bell 🔔 bento 🍱 bird 🐦 birthday 🎂
black_circle ⚫ blue_heart 💙 blush 😊 bomb 💣 book 📖 bookmark 🔖 bookmark_tabs 📑 books 📚 boom 💥 bouquet 💐 bow 🙇 brain 🧠 bricks 🧱
briefcase 💼 broken_heart 💔 bug 🐛 building_construction 🏗️ bulb 💡 bust_in_silhouette 👤 busts_in_silhouette 👥 cactus 🌵 cake 🍰
calendar 📆 camera 📷 camera_flash 📸 card_file_box 🗃️ cat 🐱 chart_with_downwards_trend 📉 chart_with_upwards_trend 📈
checkered_flag 🏁 cherries 🍒 children_crossing 🚸 christmas_tree 🎄 clap 👏 clapper 🎬 clipboard 📋 clock1 🕐 closed_lock_with_key 🔐
cloud ☁️ clown_face 🤡 coffee ☕ coffin ⚰️ cold_sweat 😰 collision 💥 computer 💻 confetti_ball 🎊 confused 😕 construction 🚧
construction_worker 👷 cookie 🍪 cool 🆒 copyright ©️ cowboy_hat_face 🤠 crab 🦀 credit_card 💳 crossed_fingers 🤞 crossed_swords ⚔️
crown 👑 cry 😢 crying_cat_face 😿 crystal_ball 🔮 cyclone 🌀 dancer 💃 dart 🎯 dash 💨 date 📅 desktop_computer 🖥️ diamonds ♦️ disappointed 😞
dizzy 💫 dizzy_face 😵 dog 🐶 dollar 💵 dolphin 🐬 door 🚪 dragon 🐉 droplet 💧 ear 👂 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏
egg 🥚 electric_plug 🔌 elephant 🐘 email 📧 envelope ✉️ exclamation ❗ exploding_head 🤯 expressionless 😑 eyeglasses 👓 eyes 👀
face_with_spiral_eyes 😵‍💫 facepalm 🤦 fast_forward ⏩ fearful 😨 file_folder 📁 fire 🔥 fire_extinguisher 🧯 firecracker 🧨 fireworks 🎆 fish 🐟 fist ✊
flashlight 🔦 floppy_disk 💾 flushed 😳 four_leaf_clover 🍀 fox_face 🦊 frog 🐸 frowning 😦 game_die 🎲 gear ⚙️ gem 💎 ghost 👻 gift 🎁
globe_with_meridians 🌐 goal_net 🥅 green_apple 🍏 green_book 📗 green_circle 🟢 green_heart 💚 grey_exclamation ❕ grey_question ❔
grimacing 😬 grin 😁 grinning 😀 guitar 🎸 hammer 🔨 hammer_and_wrench 🛠️ hamster 🐹 hand ✋ handshake 🤝 hankey 💩 hatching_chick 🐣
headphones 🎧 hear_no_evil 🙉 heart ❤️ heart_eyes 😍 heartpulse 💗 heavy_check_mark ✔️ heavy_exclamation_mark ❗ heavy_minus_sign ➖
heavy_multiplication_x ✖️ heavy_plus_sign ➕ herb 🌿 hole 🕳️ honeybee 🐝 horse 🐴 hospital 🏥 hotsprings ♨️ hourglass ⌛
hourglass_flowing_sand ⏳ house 🏠 hugs 🤗 hushed 😯 inbox_tray 📥 information_source ℹ️ innocent 😇 interrobang ⁉️ iphone 📱
jack_o_lantern 🎃 joy 😂 key 🔑 keyboard ⌨️ kissing_heart 😘 label 🏷️ large_blue_circle 🔵 large_blue_diamond 🔷 large_orange_diamond 🔶
laughing 😆 leaves 🍃 ledger 📒 lemon 🍋 light_rail 🚈 link 🔗 lipstick 💄 lock 🔒 lock_with_ink_pen 🔏 loud_sound 🔊 loudspeaker 📢 love_letter 💌
mag 🔍 mag_right 🔎 magic_wand 🪄 mailbox 📫 man_shrugging 🤷‍♂️ mantelpiece_clock 🕰️ mask 😷 medal_sports 🏅 mega 📣 memo 📝 metal 🤘 microscope 🔬
moneybag 💰 money_with_wings 💸 monkey 🐒 monkey_face 🐵 monocle_face 🧐 mortar_board 🎓 mountain ⛰️ mouse 🐭 movie_camera 🎥 muscle 💪
musical_note 🎵 mute 🔇 nail_care 💅 necktie 👔 nerd_face 🤓 neutral_face 😐 new 🆕 newspaper 📰 no_bell 🔕 no_entry ⛔ no_entry_sign 🚫
no_mouth 😶 notebook 📓 nut_and_bolt 🔩 o ⭕ octopus 🐙 ocean 🌊 ok 🆗 ok_hand 👌 open_file_folder 📂 open_hands 👐 open_mouth 😮
orange_book 📙 orange_circle 🟠 orange_heart 🧡 outbox_tray 📤 owl 🦉 package 📦 page_facing_up 📄 page_with_curl 📃 palm_tree 🌴 panda_face 🐼
paperclip 📎 paperclips 🖇️ partying_face 🥳 passport_control 🛂 pencil 📝 pencil2 ✏️ penguin 🐧 pensive 😔 persevere 😣 phone ☎️ pick ⛏️
pig 🐷 pill 💊 pinching_hand 🤏 pizza 🍕 pleading_face 🥺 point_down 👇 point_left 👈 point_right 👉 point_up ☝️ point_up_2 👆 police_car 🚓
poop 💩 postbox 📮 pound 💷 pray 🙏 prohibited 🚫 punch 👊 purple_circle 🟣 purple_heart 💜 pushpin 📌 question ❓ rabbit 🐰 racehorse 🐎 radio 📻
rage 😡 rainbow 🌈 raised_hands 🙌 raised_hand ✋ raising_hand 🙋 receipt 🧾 recycle ♻️ red_circle 🔴 registered ®️ relaxed ☺️ relieved 😌
repeat 🔁 rewind ⏪ ribbon 🎀 robot 🤖 rocket 🚀 rofl 🤣 roll_eyes 🙄 rose 🌹 rotating_light 🚨 round_pushpin 📍 rugby_football 🏉
runner 🏃 running 🏃 safety_vest 🦺 salt 🧂 satellite 📡 satisfied 😆 scales ⚖️ school 🏫 scissors ✂️ scream 😱 scroll 📜 see_no_evil 🙈 seedling 🌱
shamrock ☘️ sheep 🐑 shield 🛡️ ship 🚢 shopping_cart 🛒 shrug 🤷 shushing_face 🤫 skull 💀 sleeping 😴 sleuth_or_spy 🕵️ slightly_frowning_face 🙁
slightly_smiling_face 🙂 slot_machine 🎰 small_blue_diamond 🔹 small_orange_diamond 🔸 small_red_triangle 🔺 smile 😄 smiley 😃 smiling_imp 😈
smirk 😏 snail 🐌 snake 🐍 snowflake ❄️ snowman ⛄ sob 😭 sos 🆘 sound 🔉 space_invader 👾 sparkle ❇️ sparkler 🎇 sparkles ✨ sparkling_heart 💖
speak_no_evil 🙊 speech_balloon 💬 spider 🕷️ spider_web 🕸️ star ⭐ star2 🌟 star_struck 🤩 stethoscope 🩺 stop_sign 🛑 stopwatch ⏱️
stuck_out_tongue 😛 sun_with_face 🌞 sunflower 🌻 sunglasses 😎 sunny ☀️ sunrise 🌅 sweat 😓 sweat_drops 💦 sweat_smile 😅 symbols 🔣 tada 🎉 taco 🌮
tea 🍵 telephone ☎️ telescope 🔭 tent ⛺ test_tube 🧪 thermometer 🌡️ thinking 🤔 thought_balloon 💭 thread 🧵 thumbsdown 👎 thumbsup 👍 ticket 🎫
tiger 🐯 timer_clock ⏲️ tired_face 😫 tm ™️ toilet 🚽 tomato 🍅 toolbox 🧰 tools 🛠️ top 🔝 tractor 🚜 traffic_light 🚥 train 🚋
triangular_flag_on_post 🚩 triumph 😤 trophy 🏆 truck 🚚 turtle 🐢 twisted_rightwards_arrows 🔀 two_hearts 💕 umbrella ☔ unamused 😒 unicorn 🦄
unlock 🔓 up 🆙 upside_down_face 🙃 v ✌️ vertical_traffic_light 🚦 video_camera 📹 video_game 🎮 vulcan_salute 🖖 walking 🚶 warning ⚠️
wastebasket 🗑️ watch ⌚ wave 👋 weary 😩 whale 🐳 whale2 🐋 wheelchair ♿ white_check_mark ✅ white_circle ⚪ wind_face 🌬️ wine_glass 🍷
wink 😉 wolf 🐺 woman_shrugging 🤷‍♀️ world_map 🗺️ worried 😟 wrench 🔧 writing_hand ✍️ x ❌ yawning_face 🥱 yellow_circle 🟡 yellow_heart 💛 yum 😋
zap ⚡ zipper_mouth_face 🤐 zombie 🧟 zzz 💤
`;

let codes: ReadonlyMap<string, string> | undefined;

/** `tada` → 🎉 */
export function emojiOf(code: string): string | undefined {
  codes ??= new Map(Array.from(TABLE.matchAll(/(\S+) (\S+)/g), ([, name = '', emoji = '']) => [name, emoji]));
  return codes.get(code);
}
