// The page's own words, Indonesian and English.

const WORDS = {
  id: {
    skip: "Langsung ke percakapan", madeUp: "Orang-orang ini rekaan. Tidak ada pesan yang keluar dari komputer ini.",
    whosePhone: "Ponsel siapa?", chats: "Percakapan", clock: "Jam semua orang", plusMinute: "+1 menit", plusHour: "+1 jam", plusDay: "+1 hari",
    toTomorrow: "Besok 08.30", toMonday: "Senin 08.30", moveTo: "Majukan ke", go: "Majukan", back: "Kembali ke daftar", more: "Pilihan lain", log: "Isi percakapan",
    lost: "Sambungan ke server terputus. Mencoba lagi …", unanswered: "Server tidak menjawab, jadi ini belum terkirim. Jalankan lagi servernya, lalu ulangi.", cancel: "Batal", start: "Mulai", restart: "Buka blokir dan mulai lagi",
    commands: "Daftar perintah", noCommands: "Bot belum mendaftarkan perintah.", attach: "Lampirkan", composer: "Tulis pesan", send: "Kirim",
    photo: "Foto contoh", document: "Berkas contoh", sticker: "Stiker", voice: "Pesan suara", location: "Lokasi", contact: "Kontak saya", upload: "Unggah dari komputer …",
    openLink: "Buka tautan t.me", openLinkHelp: "Seperti ketika orang mengetuk tautan undangan di luar Telegram.", open: "Buka",
    block: "Blokir bot", unblock: "Buka blokir", addBot: "Tambahkan bot", addAdmin: "Jadikan bot admin", removeBot: "Keluarkan bot", migrate: "Ubah menjadi supergrup",
    bot: "bot", typing: "mengetik …", members: "{} anggota", botAbsent: "bot belum ada di sini", blockedStatus: "diblokir", edited: "diedit", edit: "Ubah", reply: "Balas",
    editing: "Mengubah pesan", replying: "Membalas {}", forwardedFrom: "Diteruskan dari {}", pinnedMessage: "Pesan tersemat", spoiler: "Teks tersembunyi, ketuk untuk melihat",
    quiz: "Kuis", poll: "Jajak pendapat", anonymous: "anonim", sendVote: "Kirim suara", retract: "Tarik suara", votes: "{} suara", closed: "ditutup", correct: "benar", yours: "pilihan Anda",
    joined: "{} ditambahkan ke grup", left: "{} dikeluarkan dari grup", migrated: "Grup menjadi supergrup", empty: "Belum ada pesan. Ketuk Mulai untuk berkenalan.",
    emptyGroup: "Belum ada pesan di sini.", today: "Hari ini", voiceLabel: "Pesan suara", photoLabel: "Foto", copied: "Disalin", noMessages: "belum ada pesan", showMore: "Tampilkan semua", unread: "{} pesan baru", untitled: "lampiran", notes: "{} catatan",
  },
  en: {
    skip: "Go to the conversation", madeUp: "These people are made up. No message leaves this computer.",
    whosePhone: "Whose phone?", chats: "Chats", clock: "Everybody's clock", plusMinute: "+1 min", plusHour: "+1 hour", plusDay: "+1 day",
    toTomorrow: "Tomorrow 08:30", toMonday: "Monday 08:30", moveTo: "Move forward to", go: "Move", back: "Back to the list", more: "More", log: "Conversation",
    lost: "The connection to the server is lost. Trying again …", unanswered: "The server does not answer, so this was not sent. Start it again, then repeat this.", cancel: "Cancel", start: "Start", restart: "Unblock and start again",
    commands: "Commands", noCommands: "The bot has not registered any commands.", attach: "Attach", composer: "Write a message", send: "Send",
    photo: "Sample photo", document: "Sample file", sticker: "Sticker", voice: "Voice message", location: "Location", contact: "My contact", upload: "Upload from this computer …",
    openLink: "Open a t.me link", openLinkHelp: "As when somebody taps an invitation outside of Telegram.", open: "Open",
    block: "Block the bot", unblock: "Unblock the bot", addBot: "Add the bot", addAdmin: "Make the bot an admin", removeBot: "Remove the bot", migrate: "Turn into a supergroup",
    bot: "bot", typing: "typing …", members: "{} members", botAbsent: "the bot is not here yet", blockedStatus: "blocked", edited: "edited", edit: "Edit", reply: "Reply",
    editing: "Editing a message", replying: "Replying to {}", forwardedFrom: "Forwarded from {}", pinnedMessage: "Pinned message", spoiler: "Hidden text, tap to show",
    quiz: "Quiz", poll: "Poll", anonymous: "anonymous", sendVote: "Vote", retract: "Retract vote", votes: "{} votes", closed: "closed", correct: "correct", yours: "your choice",
    joined: "{} was added to the group", left: "{} was removed from the group", migrated: "The group became a supergroup", empty: "No messages yet. Tap Start to meet the bot.",
    emptyGroup: "No messages here yet.", today: "Today", voiceLabel: "Voice message", photoLabel: "Photo", copied: "Copied", noMessages: "no messages yet", showMore: "Show all", unread: "{} new messages", untitled: "attachment", notes: "{} notes",
  },
};

let language = WORDS[localStorage.getItem("language")] ? localStorage.getItem("language") : "id";

export const currentLanguage = () => language;

export function setLanguage(chosen) {
  language = chosen;
  localStorage.setItem("language", chosen);
}

export const say = (key, value = "") => WORDS[language][key].replace("{}", value);

// Put words into all elements that name theirs.
export function translate(root) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
  for (const element of root.querySelectorAll("button.icon")) element.title = element.getAttribute("aria-label");
  for (const button of root.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === language));
}
