/** Given names that are common in several languages and hardly ever a word, a place or a brand. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  `Aaron Abdul Adam Adrian Ahmed Aiko Aisha Alan Albert Alejandro Alex Alexander Alexandra Ali Alice Alicia Alison Allison
  Amanda Amelia Amir Amy Ana Anastasia Andre Andrea Andreas Andrew Angela Angelina Anika Anita Anja Anna Anne Annette
  Anthony Antonio Arjun Arthur Ashley Astrid Audrey Barbara Beatrice Beatriz Ben Benjamin Bernard Beth Bianca Boris Brandon
  Brian Bruce Camila Carl Carla Carlos Carmen Caroline Catherine Cathy Charles Charlie Charlotte Chloe Christian Christina
  Christine Christopher Claire Clara Claudia Connor Cristina Cynthia Daniel Daniela David Deborah Dennis Diana Diego Dmitri
  Dmitry Dominic Donald Dorothy Douglas Edward Eduardo Eleanor Elena Elias Elisabeth Elizabeth Ella Ellen Emil Emily Emma
  Enrique Eric Erik Erika Esther Ethan Eugene Eva Evelyn Fatima Felipe Felix Fernando Finn Fiona Florian Francesca Francesco
  Francisco Franz Fred Frederick Frida Fritz Gabriel Gabriela Gareth Gary George Georgia Gerald Giovanni Giulia Giuseppe
  Gordon Greg Gregory Greta Guillermo Gustavo Hannah Hans Harold Harry Hassan Heather Heidi Helen Helena Henrik Henry
  Hiroshi Howard Hugo Ian Ibrahim Igor Ines Ingrid Irene Isaac Isabel Isabella Ivan Jacob Jacqueline Jakob James Jamie Jan
  Jane Janet Jason Javier Jeff Jeffrey Jennifer Jenny Jeremy Jessica Jim Joan Joe Johan Johannes John Johnny Jonas
  Jonathan Jorge Jose José Josef Joseph Joshua Juan Judith Julia Julian Julie Julien Jürgen Karen Karin Karl Kate Katherine
  Kathleen Katie Keith Kelly Ken Kenji Kenneth Kevin Khalid Kim Klaus Kristin Kristina Kumar Kyle Lara Larry Lars Laura
  Lauren Lea Lena Leo Leon Leonardo Leonie Liam Linda Lisa Liv Lorenzo Louis Louise Luca Lucas Lucia Lucy Luigi Luis Luisa
  Lukas Lydia Magdalena Magnus Maja Manuel Marc Marcel Marco Marcus Margaret Maria María Marie Marina Mario Marion Marta
  Martha Martin Martina Mary Mateo Matthew Matthias Maurice Max Maximilian Megan Mehmet Melanie Melissa Mia Michael Michaela
  Michelle Miguel Mike Mila Milan Mina Miriam Mohamed Mohammad Mohammed Monica Monika Muhammad Nadia Nancy Naomi Natalia
  Natalie Natasha Nathan Neil Nicholas Nick Nicola Nicolas Nicole Nikita Nikolai Nina Noah Noor Nora Olga Oliver Olivia Omar
  Oscar Oskar Otto Pablo Pamela Patricia Patrick Paul Paula Paulo Pavel Pedro Peter Petra Philip Philipp Pierre Priya Rachel
  Rafael Rahul Raj Ralf Ralph Ramon Raphael Raquel Rashid Raymond Rebecca Ricardo Richard Rita Robert Roberto Roger Roland
  Ronald Rosa Rosie Roy Ruben Rudolf Ruth Ryan Sabine Sabrina Sally Salma Sam Samantha Samuel Sandra Sara Sarah
  Sebastian Sergei Sergio Sharon Shirley Simon Simone Sofia Sofie Sonia Sophia Sophie Stefan Stefanie Stella Stephanie
  Stephen Steve Steven Sunita Susan Susanne Svetlana Sven Takeshi Tamara Tanja Tatiana Teresa Theo Theodor Theresa Thomas
  Tim Timothy Tina Tobias Tom Tomás Tony Ulrich Ursula Valentina Valeria Vanessa Vera Veronica Victor Viktor Vincent
  Vladimir Walter Wendy Werner Wilhelm William Wolfgang Xavier Yasmin Yuki Yusuf Yves Zoe Zoë Zofia`.split(
    /\s+/u,
  ),
)
